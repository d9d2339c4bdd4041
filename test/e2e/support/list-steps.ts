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

/** Keeps somebody new for signing; the page with the list is open. */
export const addPerson = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('button', { name: 'Keep for signing' }).click()
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

/** Makes several choices one after the other, faster than any engine answers: only React gets a turn between two. */
export const chooseAtOnce = (within: Locator, choices: Readonly<Record<string, string>>): Promise<void> =>
  within.evaluate(async (element, wanted) => {
    for (const [label, words] of Object.entries(wanted)) {
      const select = element.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`)
      const option = [...(select?.options ?? [])].find(({ text }) => text === words)
      if (select === null || option === undefined) throw new Error(`There is no choice ${words} for ${label}`)
      select.value = option.value
      select.dispatchEvent(new Event('change', { bubbles: true }))
      await Promise.resolve()
    }
  }, choices)

/** Signs what the bar counts, and waits until it is in force. */
export const signChanges = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Review and sign' }).click()
  await signInDialog(page, /^Sign v/)
  await expect(page.getByRole('button', { name: 'Review and sign' })).toBeHidden()
}
