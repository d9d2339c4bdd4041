import { expectListVersion, openAdmin, takeIn } from '../support/admin-steps.ts'
import { signChanges } from '../support/list-steps.ts'
import { expect, test } from '../support/office.ts'
import { look } from '../support/screens.ts'
import { found, message, openChat, unlock, write } from '../support/steps.ts'

/** Milliseconds. */
const FORTNIGHT = 14 * 86_400_000

test('a PC that heard of no administrator for too long closes its messages, and opens them by itself', async ({
  office,
}) => {
  const pekka = await office.newcomer('Pekka')
  await found(pekka.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')

  const sanna = await takeIn(office, pekka.page, 'Sanna Virtanen', 'Designer')

  await test.step('Pekka sets 7 days', async () => {
    const { page } = pekka
    await openAdmin(page, 'Policies')
    await page.getByRole('switch', { name: /Lock Lanyard after some days/ }).check()
    await page.getByLabel('Days', { exact: true }).last().fill('7')
    await page.getByRole('button', { name: 'Keep for signing' }).click()
    await signChanges(page)
  })

  await expectListVersion(sanna.page, 3)
  await openChat(sanna.page, 'Pekka Koskela')
  await write(sanna.page, 'Pekka Koskela', 'Back in two weeks')
  await expect(message(sanna.page, 'Back in two weeks')).toBeVisible()
  await pekka.leave()
  await sanna.leave()

  await test.step('two weeks later Sanna is the first in the office', async () => {
    await sanna.returns(FORTNIGHT)
    const { page } = sanna
    await unlock(page)
    await expect(page.getByRole('heading', { name: 'Messages are closed on this PC' })).toBeVisible()
    await expect(page.getByText('Koskela Oy closes messages 7 days after that.')).toBeVisible()
    await expect(page.getByText('Back in two weeks')).toBeHidden()
    await look(page, '63-lease-over')
  })

  await test.step('Pekka comes, and her messages open', async () => {
    await pekka.returns(FORTNIGHT)
    await unlock(pekka.page)
    const { page } = sanna
    await expect(page.getByRole('heading', { name: 'Messages are closed on this PC' })).toBeHidden()
    await openChat(page, 'Pekka Koskela')
    await expect(message(page, 'Back in two weeks')).toBeVisible()
  })
})
