import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runInApp } from '../support/app-command.ts'
import { expect, test } from '../support/desktop.ts'
import { fillFounding, goTo, passRecoveryCheck, wordsOf } from '../support/steps.ts'

test('the desktop app opens its page, protects the profile with the keychain, and opens it again by itself', async ({
  desktops,
}) => {
  const first = await desktops.start()
  const { page } = first

  await test.step('the page is the built one, confined', async () => {
    await expect(page.getByRole('heading', { name: 'Welcome to Lanyard' })).toBeVisible()
    expect(
      await page.evaluate(() => [typeof Reflect.get(window, 'require'), Reflect.get(window, 'lanyardShell')]),
    ).toEqual(['undefined', 'electron'])
    const reached = await page.evaluate(() =>
      fetch('https://mallory.example/').then(
        () => 'reached',
        () => 'refused',
      ),
    )
    expect(reached).toBe('refused')
  })

  await test.step('Pekka starts an organisation on the keychain', async () => {
    await page.getByRole('button', { name: /Start an organisation/ }).click()
    await page.getByRole('button', { name: /This PC’s keychain/ }).click()
    await fillFounding(page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
    await page.getByRole('button', { name: 'Start organisation' }).click()
    const words = await wordsOf(page, 'Recovery words')
    await page.getByRole('button', { name: 'I have stored it' }).click()
    await passRecoveryCheck(page, words)
    const kept = JSON.parse(await readFile(join(desktops.profile, 'electron', 'keychain.json'), 'utf8'))
    expect(Buffer.from(kept.wrappedKey, 'base64').toString()).toMatch(/^unsafe-testing:/)
  })

  await test.step('closing the window leaves Lanyard running, a second start shows it', async () => {
    first.do({ do: 'close-window' })
    await first.toldOf('window', ({ state }) => state === 'hidden')
    const shownBefore = first.told.filter(report => report.what === 'window' && report.state === 'shown').length
    first.do({ do: 'second-instance', args: ['lanyard'] })
    await expect
      .poll(() => first.told.filter(report => report.what === 'window' && report.state === 'shown').length)
      .toBeGreaterThan(shownBefore)
  })

  await test.step('the theme is the shell’s as well as the page’s', async () => {
    await goTo(page, 'Settings')
    await page.getByText('Dark', { exact: true }).click()
    await expect
      .poll(
        async () => JSON.parse(await readFile(join(desktops.profile, 'electron', 'settings.json'), 'utf8')).settings,
      )
      .toMatchObject({ theme: 'dark' })
  })

  await test.step('the page cannot be led elsewhere', async () => {
    const before = page.url()
    await page.evaluate(() => location.assign('https://mallory.example/'))
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    expect(page.url()).toBe(before)
  })

  await test.step('the command says that Lanyard runs', async () => {
    const { code, out, error, told } = await runInApp(['org', 'show'], desktops.profile)
    expect({ code, out, told }).toEqual({ code: 4, out: '', told: [] })
    expect(error).toContain('Close the app first')
  })

  await test.step('SIGTERM ends it cleanly; then the command opens the profile from the keychain', async () => {
    expect(await first.end()).toBe(0)
    const shown = await runInApp(['org', 'show', '--json'], desktops.profile)
    expect(shown).toMatchObject({ code: 0, error: '', told: [] })
    expect(JSON.parse(shown.out)).toMatchObject({ organisation: { name: 'Koskela Oy' } })
    const locked = await runInApp(['org', 'show', '--json'], desktops.profile, { env: { STAND_IN_KEYCHAIN: 'locked' } })
    expect(locked).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(locked.error)).toMatchObject({ error: { code: 'keychain-unavailable' } })
  })

  await test.step('the next start needs no passphrase', async () => {
    const second = await desktops.start()
    await expect(second.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  })
})

test('without a real keychain the desktop app asks for a passphrase', async ({ desktops }) => {
  const { page } = await desktops.start({ env: { STAND_IN_KEYCHAIN: 'basic_text' } })
  await page.getByRole('button', { name: /Start an organisation/ }).click()
  await expect(page.getByText('This PC has no keychain that Lanyard can trust.')).toBeVisible()
})

test('an invitation that Lanyard is started with is waiting in the page', async ({ desktops }) => {
  const { page } = await desktops.start({ args: ['lanyard:join/abc'] })
  await expect(page.getByRole('heading', { name: 'Protect your messages on this PC' })).toBeVisible()
})

test('an invitation that was opened outside is waiting in the page', async ({ desktops }) => {
  const desktop = await desktops.start()
  await expect(desktop.page.getByRole('heading', { name: 'Welcome to Lanyard' })).toBeVisible()
  desktop.do({ do: 'second-instance', args: ['lanyard', 'lanyard:join/abc'] })
  await expect(desktop.page.getByRole('heading', { name: 'Welcome to Lanyard' })).toBeHidden()
})
