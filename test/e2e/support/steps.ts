import { expect, type Locator, type Page } from 'playwright/test'

/** What people do in the product, in the words that they read there. */

export const PASSPHRASE = 'anchovy lantern quilt 9'
export const ADMIN_PASSPHRASE = 'copper window meadow 7'

export const protectProfile = async (page: Page): Promise<void> => {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.getByLabel('Passphrase again').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Continue' }).click()
}

export const unlock = async (page: Page): Promise<void> => {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

export const fillFounding = async (page: Page, organisation: string, name: string, title: string): Promise<void> => {
  await page.getByLabel('Organisation’s name').fill(organisation)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Your title').fill(title)
  await page.getByLabel('Administrator passphrase', { exact: true }).fill(ADMIN_PASSPHRASE)
  await page.getByLabel('Administrator passphrase again').fill(ADMIN_PASSPHRASE)
}

/** The words of a list of words, without their numbers. */
export const wordsOf = async (within: Page | Locator, label: string): Promise<string[]> => {
  const list = within.getByRole('list', { name: label }).first()
  await expect(list).toBeVisible()
  const texts = await list.getByRole('listitem').allInnerTexts()
  return texts.map(text => text.replace(/[\d\s]/g, ''))
}

/** Signs in an open dialog; the passphrase is asked for only while the key is locked. */
export const signIn = async (dialog: Locator, button: string | RegExp): Promise<void> => {
  const sign = dialog.getByRole('button', { name: button })
  await expect(sign).toBeVisible() // comes with the passphrase field, where there is one
  const passphrase = dialog.getByLabel('Administrator passphrase')
  if (await passphrase.isVisible()) await passphrase.fill(ADMIN_PASSPHRASE)
  await sign.click()
  await expect(dialog).toBeHidden()
}

/** Types back the two words that the check asks for. */
export const passRecoveryCheck = async (page: Page, words: readonly string[]): Promise<void> => {
  const fields = page.getByLabel(/^Word \d+/)
  await expect(fields).toHaveCount(2)
  for (const field of await fields.all()) {
    const label = await field.evaluate(element => (element as HTMLInputElement).labels?.[0]?.textContent ?? '')
    await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '')
  }
  await page.getByRole('button', { name: 'Open Lanyard' }).click()
}

/** The recovery sheet, from its words to the check that it was stored. Returns the words. */
export const storeRecoverySheet = async (page: Page): Promise<string[]> => {
  const words = await wordsOf(page, 'Recovery words')
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await passRecoveryCheck(page, words)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  return words
}

/** From the welcome to the main window, as the first administrator. Returns the words of the recovery sheet. */
export const found = async (page: Page, organisation: string, name: string, title: string): Promise<string[]> => {
  await page.getByRole('button', { name: /Start an organisation/ }).click()
  await protectProfile(page)
  await fillFounding(page, organisation, name, title)
  await page.getByRole('button', { name: 'Start organisation' }).click()
  return storeRecoverySheet(page)
}

export const goTo = async (page: Page, view: 'Chats' | 'People' | 'Admin' | 'Settings'): Promise<void> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: view }).first().click()
}

/** Makes an invitation and returns its link. */
export const invite = async (page: Page, name: string, title: string, department: string): Promise<string> => {
  await goTo(page, 'Admin')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Department').fill(department)
  await dialog.getByRole('button', { name: 'Create invitation' }).click()
  const field = page.getByLabel('Invitation link')
  await expect(field).toHaveValue(/./)
  const link = await field.inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  return link
}

/** From the welcome to the waiting screen. */
export const askToJoin = async (page: Page, link: string): Promise<void> => {
  await page.getByRole('button', { name: /Join with an invitation/ }).click()
  await protectProfile(page)
  await page.getByLabel('Invitation').fill(link)
  await page.getByRole('button', { name: 'Check invitation' }).click()
  await page.getByRole('button', { name: 'Ask to join' }).click()
  await expect(page.getByRole('heading', { name: 'Waiting for an administrator' })).toBeVisible()
}

/** The administrator compares the words with those on the other screen, and approves. */
export const approve = async (page: Page, name: string, wordsOnTheirScreen: readonly string[]): Promise<void> => {
  await goTo(page, 'Admin')
  await page.getByRole('button', { name: `Approve ${name}` }).click()
  const dialog = page.getByRole('dialog')
  expect(await wordsOf(dialog, 'Fingerprint words')).toEqual(wordsOnTheirScreen)
  await signIn(dialog, 'They are the same, approve')
}

export const openChat = async (page: Page, name: string): Promise<void> => {
  await goTo(page, 'People')
  await page.getByRole('button', { name: `Message ${name}` }).click()
  await expect(page.getByRole('textbox', { name: `Message ${name}` })).toBeVisible()
}

export const write = async (page: Page, name: string, text: string): Promise<void> => {
  const composer = page.getByRole('textbox', { name: `Message ${name}` })
  await composer.fill(text)
  await composer.press('Enter')
}

/** The message with this text in the open chat. */
export const message = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })

export const expectState = async (page: Page, text: string, state: string): Promise<void> => {
  await expect(message(page, text).getByRole('img', { name: state })).toBeVisible()
}
