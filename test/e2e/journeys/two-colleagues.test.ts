import { expect, test } from '../support/office.ts'
import { look } from '../support/screens.ts'
import {
  approve,
  askToJoin,
  expectState,
  fillFounding,
  goTo,
  invite,
  message,
  openChat,
  passRecoveryCheck,
  protectProfile,
  unlock,
  wordsOf,
  write,
} from '../support/steps.ts'

test('Pekka starts an organisation, Sanna joins it, and they talk through every restart', async ({ office }) => {
  const pekka = await office.newcomer('Pekka')

  await test.step('Pekka starts an organisation', async () => {
    const { page } = pekka
    await expect(page.getByRole('heading', { name: 'Welcome to Lanyard' })).toBeVisible()
    expect(page.url(), 'the token has left the address').not.toContain('token')
    await look(page, '01-welcome')
    await page.getByRole('button', { name: /Start an organisation/ }).click()
    await look(page, '02-protect')
    await protectProfile(page)
    await fillFounding(page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
    await look(page, '03-start-organisation')
    await page.getByRole('button', { name: 'Start organisation' }).click()
    const words = await wordsOf(page, 'Recovery words')
    expect(words).toHaveLength(24)
    await look(page, '04-recovery-sheet')
    await page.getByRole('button', { name: 'I have stored it' }).click()
    await look(page, '05-recovery-check')
    await page.reload()
    expect(await wordsOf(page, 'Recovery words'), 'the sheet is not lost with the page').toEqual(words)
    await page.getByRole('button', { name: 'I have stored it' }).click()
    await passRecoveryCheck(page, words)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await look(page, '06-first-one-here')
  })

  const link = await test.step('Pekka invites Sanna', async () => {
    const made = await invite(pekka.page, 'Sanna Virtanen', 'Designer', 'Design')
    expect(made).toMatch(/^lanyard:join\//)
    await look(pekka.page, '07-admin')
    return made
  })

  const sanna = await office.newcomer('Sanna')
  const words = await test.step('Sanna asks to join', async () => {
    await askToJoin(sanna.page, link)
    const shown = await wordsOf(sanna.page, 'Fingerprint words')
    expect(shown).toHaveLength(6)
    await expect(sanna.page.getByText('has your request')).toBeVisible()
    await look(sanna.page, '08-waiting')
    return shown
  })

  await test.step('Pekka compares the words and approves', async () => {
    await expect(pekka.page.getByRole('button', { name: 'Approve Sanna Virtanen' })).toBeVisible()
    await look(pekka.page, '09-join-request')
    await approve(pekka.page, 'Sanna Virtanen', words)
    await expect(sanna.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  })

  await test.step('they see each other in People', async () => {
    for (const [{ page }, name] of [
      [pekka, 'Sanna Virtanen'],
      [sanna, 'Pekka Koskela'],
    ] as const) {
      await goTo(page, 'People')
      const row = page.getByRole('row').filter({ hasText: name })
      await expect(row).toContainText('Online')
    }
    await look(sanna.page, '10-people')
  })

  await test.step('they write, and see where each message is', async () => {
    await openChat(pekka.page, 'Sanna Virtanen')
    await look(pekka.page, '11-empty-chat')
    await write(pekka.page, 'Sanna Virtanen', 'Welcome aboard!')
    await expectState(pekka.page, 'Welcome aboard!', 'Delivered')
    await openChat(sanna.page, 'Pekka Koskela')
    await expect(message(sanna.page, 'Welcome aboard!')).toBeVisible()
    await expectState(pekka.page, 'Welcome aboard!', 'Read')
    await write(sanna.page, 'Pekka Koskela', 'Thank you. Is the canteen any good?')
    await expect(message(pekka.page, 'canteen')).toBeVisible()
    await expectState(sanna.page, 'canteen', 'Read')
    await look(pekka.page, '12-chat')
  })

  await test.step('what Sanna is away for waits, through a restart of Pekka too', async () => {
    await sanna.leave('kill')
    await write(pekka.page, 'Sanna Virtanen', 'The soup is.')
    await expectState(pekka.page, 'The soup is.', 'Queued')
    await expect(pekka.page.getByText('until Sanna is back')).toBeVisible()
    await look(pekka.page, '13-queued')
    await pekka.leave()
    await pekka.returns()
    await look(pekka.page, '14-locked')
    await unlock(pekka.page)
    await openChat(pekka.page, 'Sanna Virtanen')
    await expectState(pekka.page, 'The soup is.', 'Queued')
    await expect(message(pekka.page, 'Welcome aboard!')).toHaveCount(1)
  })

  await test.step('and arrives when she returns, once', async () => {
    await sanna.returns()
    await unlock(sanna.page)
    await expectState(pekka.page, 'The soup is.', 'Delivered')
    await openChat(sanna.page, 'Pekka Koskela')
    await expect(message(sanna.page, 'The soup is.')).toHaveCount(1)
    await expect(message(sanna.page, 'Welcome aboard!')).toHaveCount(1)
    await expectState(pekka.page, 'The soup is.', 'Read')
  })

  await test.step('a second page of the same profile is not let in with the old address', async () => {
    const address = sanna.page.url()
    const stranger = await sanna.page.context().newPage()
    await stranger.goto(address)
    await expect(stranger.getByRole('heading', { name: 'Open Lanyard again' })).toBeVisible()
    await look(stranger, '15-open-again')
    await stranger.close()
  })
})
