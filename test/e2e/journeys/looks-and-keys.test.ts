import { expect, test } from '../support/office.ts'
import { colleagues, expectNoSidewaysScroll } from '../support/pair.ts'
import { look } from '../support/screens.ts'
import { expectState, goTo, message, write } from '../support/steps.ts'

test('Sanna works in the dark, in a narrow window, and with the keyboard alone', async ({ office }) => {
  const { pekka, sanna } = await colleagues(office)
  const { page } = sanna
  await write(pekka.page, 'Sanna Virtanen', 'Can you read this at night?')
  await write(page, 'Pekka Koskela', 'See https://koskela.example/plans\n`yes`, **very** well')
  await expectState(page, 'very', 'Read')

  await test.step('dark, by her own choice, through a restart of the page', async () => {
    await goTo(page, 'Settings')
    await look(page, '20-settings-light')
    await page.getByText('Dark', { exact: true }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await look(page, '21-settings-dark')
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    for (const view of ['People', 'Chats'] as const) {
      await goTo(page, view)
      await look(page, `22-${view.toLowerCase()}-dark`)
    }
  })

  await test.step('with the keyboard alone', async () => {
    await page.keyboard.press('Control+K')
    await expect(page.getByRole('combobox')).toBeFocused()
    await look(page, '23-switcher-dark')
    await page.keyboard.type('Pekka')
    await page.keyboard.press('Enter')
    const composer = page.getByRole('textbox', { name: 'Message Pekka Koskela' })
    await expect(composer).toBeFocused()
    await page.keyboard.type('Written without a mouse')
    await page.keyboard.press('Enter')
    await expectState(page, 'without a mouse', 'Read')
    await page.keyboard.press('Shift+Tab')
    await expect(message(page, 'without a mouse')).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(message(page, 'very')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(composer).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(message(page, 'without a mouse')).toBeFocused()
    await page.keyboard.type('straight on')
    await expect(composer).toBeFocused()
    await expect(composer).toHaveValue('straight on')
    await composer.fill(`a${'\u0330'.repeat(65)}`)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Too many marks on one letter')).toBeVisible()
    await composer.fill('')
    await page.keyboard.press('Control+/')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await expect(help).toContainText('Ctrl+1 … 3')
    await look(page, '23-keyboard-dark')
    await page.keyboard.press('Escape')
    await expect(help).toBeHidden()
    await page.keyboard.press('Control+2')
    await expect(page.getByRole('button', { name: 'People' })).toHaveAttribute('aria-current', 'page')
    await page.keyboard.press('Control+1')
    await expect(page.getByRole('button', { name: 'Chats' })).toHaveAttribute('aria-current', 'page')
  })

  await test.step('in every width, without scrolling sideways', async () => {
    for (const width of [1100, 900, 640, 400]) {
      await page.setViewportSize({ width, height: 640 })
      await expectNoSidewaysScroll(page, `chat at ${width}`)
      await look(page, `24-chat-${width}`)
    }
    await goTo(page, 'People')
    await expectNoSidewaysScroll(page, 'people at 400')
    await look(page, '25-people-400')
  })
})
