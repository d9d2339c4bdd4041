import { expect, type Locator, type Page } from 'playwright/test'
import { signInDialog } from './admin-steps.ts'

/** What an administrator does with the contact list, in the words that stand there. */

/** A row of the list's table. */
export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('table', { name: 'People on the contact list' }).getByRole('row').filter({ hasText: name })

/** By the menu at the end of a row. */
export const choose = async (page: Page, name: string, act: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: act }).click()
}

/** Gives a file to whatever the button asks for. */
export const giveFile = async (
  page: Page,
  button: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> => {
  const asked = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button, exact: true }).click()
  await (await asked).setFiles(file)
}

/** Signs what the bar counts, and waits until it is in force. */
export const signChanges = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Review and sign' }).click()
  await signInDialog(page, /^Sign v/)
  await expect(page.getByRole('button', { name: 'Review and sign' })).toBeHidden()
}
