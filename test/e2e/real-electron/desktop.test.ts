import { expect, test } from '../support/real-electron.ts'
import { keepPicture } from '../support/screens.ts'
import { found, unlock } from '../support/steps.ts'

test('a real Electron opens the page in its sandbox, and keeps the profile through a restart', async ({
  startDesktop,
}) => {
  const first = await startDesktop()

  await test.step('the page is confined', async () => {
    const { page, app } = first
    await expect(page.getByRole('heading', { name: 'Welcome to Lanyard' })).toBeVisible()
    expect(page.url()).toBe('app://bundle/index.html')
    expect(await page.evaluate(() => Reflect.get(window, 'lanyardShell'))).toBe('electron')
    expect(
      await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
    ).toEqual(['undefined', 'undefined'])
    const reached = await page.evaluate(() => fetch('https://mallory.example/').then(String, () => 'refused'))
    expect(reached).toBe('refused')
    await page.evaluate(() => {
      window.open('https://mallory.example/')
    })
    expect(app.windows()).toHaveLength(1)
    expect(page.url()).toBe('app://bundle/index.html')
    const permission = await page.evaluate(() => Notification.requestPermission())
    expect(permission).toBe('denied')
    await keepPicture(page, '40-electron-welcome')
  })

  await test.step('Pekka starts an organisation, quits, and is back', async () => {
    await found(first.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
    await keepPicture(first.page, '41-electron-chats')
    await first.page.evaluate(() => {
      location.href = 'https://mallory.example/'
    })
    // Playwright waits for that navigation for ever, so the main process is asked.
    const address = () =>
      first.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return contents?.isLoading() === false ? contents.getURL() : 'loading'
      })
    await expect.poll(address).toBe('app://bundle/index.html')
    await first.quit()
    const second = await startDesktop()
    await unlock(second.page)
    await expect(second.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await second.quit()
  })
})
