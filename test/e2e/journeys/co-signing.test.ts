import {
  expectListVersion,
  offerToSign,
  openAdmin,
  openHistory,
  openOrganisation,
  signInDialog,
  takeIn,
  typeRecoverySheet,
} from '../support/admin-steps.ts'
import { openByButton, saveByButton } from '../support/files.ts'
import { addPerson } from '../support/list-steps.ts'
import { expect, test } from '../support/office.ts'
import { look } from '../support/screens.ts'
import { found, goTo, unlock, wordsOf } from '../support/steps.ts'

test('two administrators sign together, and everybody can read who changed what', async ({ office }) => {
  const pekka = await office.newcomer('Pekka')
  const sheet = await found(pekka.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
  const sanna = await takeIn(office, pekka.page, 'Sanna Virtanen', 'Designer')
  const yusuf = await takeIn(office, pekka.page, 'Yusuf Demir', 'Welder')

  const offered = await test.step('Sanna offers to sign, with a recovery sheet of her own', async () => {
    const { offer } = await offerToSign(sanna.page)
    await look(sanna.page, '40-own-offer')
    return offer
  })

  await test.step('Pekka compares the words and takes her up, with two signatures from now on', async () => {
    const { page } = pekka
    await openAdmin(page, 'Administrators')
    await expect(page.getByText('Pekka Koskela alone can sign.').first()).toBeVisible()
    await look(page, '41-administrators-alone')
    await page.getByRole('button', { name: 'Compare the words of Sanna Virtanen' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await wordsOf(page, 'Fingerprint words')).toEqual(offered)
    await look(page, '42-compare-offer')
    await page.getByRole('button', { name: 'They are the same, continue' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change administrators' })
    await expect(dialog.getByRole('checkbox', { name: 'Sanna Virtanen', exact: true })).toBeChecked()
    const more = dialog.getByRole('button', { name: 'More signatures for Contact list' })
    await more.click()
    await expect(more, 'no more signatures than keys').toBeDisabled()
    await expect(dialog).toContainText('Sanna Virtanen can sign for Koskela Oy.')
    await look(page, '43-change-administrators')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Word 1', { exact: true }).fill(sheet.with(3, 'nonsense').join(' '))
    await expect(page.getByText('Not on the list of words: 4.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sign the change' })).toBeDisabled()
    await look(page, '44-recovery-words-wrong')
    await typeRecoverySheet(page, sheet)
    await page.getByRole('button', { name: 'Sign the change' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByText('Pekka Koskela and Sanna Virtanen must both sign.').first()).toBeVisible()
    await look(page, '45-administrators-two')
  })

  await test.step('Sanna is an administrator now', async () => {
    await openAdmin(sanna.page, 'Administrators')
    await expect(sanna.page.getByText('Sanna Virtanen (you)')).toBeVisible()
  })

  await test.step('Pekka adds somebody and signs; it is not in force', async () => {
    const { page } = pekka
    await openAdmin(page, 'Contact list')
    await addPerson(page, 'Anna Laine')
    await page.getByRole('button', { name: /Review and sign v/ }).click()
    await signInDialog(page, /^Sign v/)
    await expect(page.getByRole('list', { name: 'Waiting for signatures' })).toContainText('1 of 2 signatures')
    await look(page, '46-waiting-for-signatures')
  })

  await test.step('Sanna sees what it is and signs it', async () => {
    const { page } = sanna
    await openAdmin(page, 'Contact list')
    await page.getByRole('button', { name: /Review Contact list v/ }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Anna Laine added')
    await expect(dialog).toContainText('Your signature is the last one needed')
    await look(page, '47-second-signature')
    await signInDialog(page, 'Sign')
    await expect(page.getByText('is in force.')).toBeVisible()
  })

  await test.step('it is in force on all three', async () => {
    for (const { page } of [pekka, sanna, yusuf]) {
      await goTo(page, 'People')
      await expect(page.getByRole('row').filter({ hasText: 'Anna Laine' })).toBeVisible()
    }
    await expectListVersion(yusuf.page, 4)
    await openAdmin(pekka.page, 'Devices')
    await expect(pekka.page.getByText('3 of 3')).toBeVisible()
    for (const name of ['Sanna Virtanen', 'Yusuf Demir'])
      await expect(pekka.page.getByRole('row').filter({ hasText: name })).toContainText('v4')
    await look(pekka.page, '48-devices')
  })

  await test.step('Yusuf, who signs nothing, reads who changed what', async () => {
    const { page } = yusuf
    const history = await openHistory(page)
    const anna = history.getByRole('listitem').filter({ hasText: 'Anna Laine added' }).first()
    await expect(anna).toContainText('Signed by Pekka Koskela and Sanna Virtanen')
    await expect(anna).toContainText('2 of 2')
    await expect(history.getByRole('heading', { name: 'Administrators v2' })).toBeVisible()
    await expect(history.getByRole('heading', { name: 'List v1', exact: true })).toBeVisible()
    await expect(page.getByText('That is all of it, down to version 1.')).toBeVisible()
    await look(page, '49-history-of-a-member')
    await openOrganisation(page)
    await look(page, '49-organisation-of-a-member')
  })

  const half = await test.step('without the network: Pekka signs, and takes the change along on a stick', async () => {
    await sanna.leave()
    await yusuf.leave()
    const { page } = pekka
    await openAdmin(page, 'Contact list')
    await addPerson(page, 'Matti Niemi')
    await page.getByRole('button', { name: /Review and sign v/ }).click()
    await signInDialog(page, /^Sign v/)
    await page.getByRole('button', { name: /Review Contact list v/ }).click()
    await expect(page.getByRole('dialog')).toContainText('Matti Niemi added')
    const path = await saveByButton(page, 'Save as file')
    await pekka.leave()
    return path
  })

  const whole = await test.step('Sanna opens it, signs, and takes the list back', async () => {
    await sanna.returns()
    const { page } = sanna
    await unlock(page)
    await openOrganisation(page)
    await openByButton(page, 'Open a file', half)
    await expect(page.getByRole('dialog')).toContainText('Matti Niemi added')
    await look(page, '64-change-in-a-file')
    await page.getByRole('button', { name: 'Take it in' }).click()
    await openAdmin(page, 'Contact list')
    await page.getByRole('button', { name: /Review Contact list v/ }).click()
    await signInDialog(page, 'Sign')
    await expect(page.getByText('is in force.')).toBeVisible()
    await openOrganisation(page)
    const path = await saveByButton(page, 'Save as file')
    await sanna.leave()
    return path
  })

  await test.step('Pekka opens that, and it is in force', async () => {
    await pekka.returns()
    const { page } = pekka
    await unlock(page)
    await openOrganisation(page)
    await openByButton(page, 'Open a file', whole)
    await expect(page.getByRole('dialog')).toContainText('Matti Niemi added')
    await page.getByRole('button', { name: 'Take it in' }).click()
    await expect(page.getByText('is in force on this PC.')).toBeVisible()
    await goTo(page, 'People')
    await expect(page.getByRole('row').filter({ hasText: 'Matti Niemi' })).toBeVisible()
  })
})
