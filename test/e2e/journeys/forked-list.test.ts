import type { Page } from 'playwright/test'
import { openAdmin, openHistory, openOrganisation, takeIn } from '../support/admin-steps.ts'
import { openByButton, saveByButton } from '../support/files.ts'
import { addPerson, rowOf, signChanges } from '../support/list-steps.ts'
import { expect, test } from '../support/office.ts'
import { look } from '../support/screens.ts'
import { found, goTo, unlock } from '../support/steps.ts'

const addAndSign = async (page: Page, name: string): Promise<void> => {
  await openAdmin(page, 'Contact list')
  await addPerson(page, name)
  await signChanges(page)
  await expect(rowOf(page, name)).toBeVisible()
}

test('a file with another list of the same number alarms Sanna, and by her PC the administrator', async ({
  office,
}) => {
  const pekka = await office.newcomer('Pekka')
  await found(pekka.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
  const sanna = await takeIn(office, pekka.page, 'Sanna Virtanen', 'Designer')
  await sanna.leave()
  await pekka.leave()

  const stolen =
    await test.step('somebody with a copy of Pekka’s disk and passphrases signs a list of their own', async () => {
      const thief = await office.thief(pekka)
      await unlock(thief.page)
      await addAndSign(thief.page, 'Nobody Known')
      await openOrganisation(thief.page)
      const path = await saveByButton(thief.page, 'Save as file')
      await thief.leave()
      return path
    })

  await test.step('Pekka signs his, and Sanna has it', async () => {
    await pekka.returns()
    await unlock(pekka.page)
    await addAndSign(pekka.page, 'Anna Laine')
    await sanna.returns()
    await unlock(sanna.page)
    await goTo(sanna.page, 'People')
    await expect(sanna.page.getByRole('row').filter({ hasText: 'Anna Laine' })).toBeVisible()
  })

  await test.step('the file says what it proves before Sanna takes it in', async () => {
    const { page } = sanna
    await openOrganisation(page)
    await openByButton(page, 'Open a file', stolen)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Two contact lists carry the number 3')
    await expect(dialog).toContainText('Signed both: Pekka Koskela')
    await expect(dialog).toContainText('Call Pekka Koskela')
    await look(page, '60-fork-in-a-file')
    await dialog.getByRole('button', { name: 'Keep as evidence' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('she is warned, and her list is what it was', async () => {
    const { page } = sanna
    await expect(page.getByRole('alert')).toContainText('Two different contact lists carry the same number.')
    await expect(page.getByRole('region', { name: 'Contradictions' })).toContainText('Call Pekka Koskela')
    await look(page, '61-fork-of-a-member')
    await goTo(page, 'People')
    await expect(page.getByRole('row').filter({ hasText: 'Anna Laine' })).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'Nobody Known' })).toBeHidden()
    await expect((await openHistory(page)).getByRole('listitem').filter({ hasText: 'List v3' })).toContainText(
      'Another v3 exists, signed by Pekka Koskela.',
    )
  })

  await test.step('Pekka hears of it in the console', async () => {
    const { page } = pekka
    await expect(page.getByRole('alert')).toContainText('Two different contact lists carry the same number.')
    await expect(page.getByText('Contradicted by another')).toBeVisible()
    await openAdmin(page, 'History')
    await expect(page.getByText('Another v3 exists, signed by Pekka Koskela.')).toBeVisible()
    await look(page, '62-fork-in-the-history')
    await page.getByRole('button', { name: 'Show the evidence' }).click()
    await expect(page.getByRole('region', { name: 'Contradictions' })).toContainText('recovery sheet')
  })
})
