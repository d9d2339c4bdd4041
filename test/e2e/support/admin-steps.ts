import { expect, type Page } from 'playwright/test'
import type { Colleague, Office } from './office.ts'
import { ADMIN_PASSPHRASE, approve, askToJoin, goTo, invite, signIn, storeRecoverySheet, wordsOf } from './steps.ts'

/** What people do in the console and in Settings > Organisation, in the words that they read there. */

export const openAdmin = async (page: Page, part: string): Promise<void> => {
  await goTo(page, 'Admin')
  await page.getByRole('navigation', { name: 'Admin' }).getByRole('button', { name: part }).click()
  await expect(page.getByRole('heading', { name: part, level: 2, exact: true })).toBeVisible()
}

export const openOrganisation = async (page: Page): Promise<void> => {
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Organisation', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Organisation', level: 2 })).toBeVisible()
}

/** Invites somebody who joins at once on a PC of their own. */
export const takeIn = async (office: Office, administrator: Page, name: string, title: string): Promise<Colleague> => {
  const [first = name] = name.split(' ')
  const colleague = await office.newcomer(first)
  await askToJoin(colleague.page, await invite(administrator, name, title, 'Office'))
  await approve(administrator, name, await wordsOf(colleague.page, 'Fingerprint words'))
  await expect(colleague.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  return colleague
}

/** Makes keys and offers them. Returns the words of the offer and those of the recovery sheet. */
export const offerToSign = async (page: Page): Promise<{ offer: string[]; sheet: string[] }> => {
  await openOrganisation(page)
  await page.getByRole('button', { name: 'Become an administrator' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Administrator passphrase', { exact: true }).fill(ADMIN_PASSPHRASE)
  await dialog.getByLabel('Administrator passphrase again').fill(ADMIN_PASSPHRASE)
  await dialog.getByRole('button', { name: 'Make my keys' }).click()
  const sheet = await storeRecoverySheet(page)
  await openOrganisation(page)
  return { offer: await wordsOf(page, 'Words of your offer'), sheet }
}

/** Types the words of a recovery sheet, with spaces between them, as one would from paper. */
export const typeRecoverySheet = async (page: Page, words: readonly string[]): Promise<void> => {
  await page.getByLabel('Word 1', { exact: true }).fill(words.join(' '))
  await expect(page.getByText('All 24 words are there and belong together.')).toBeVisible()
}

/** Signs in whatever dialog is open on the page, as `signIn` does. */
export const signInDialog = (page: Page, button: string | RegExp): Promise<void> =>
  signIn(page.getByRole('dialog').or(page.getByRole('alertdialog')), button)

/** The version of the signed list, as Settings > Organisation shows it. */
export const expectListVersion = async (page: Page, version: number): Promise<void> => {
  await openOrganisation(page)
  await expect(page.getByText(`v${version}`, { exact: true })).toBeVisible()
}

/** Opens the history in Settings > Organisation, as every member can. */
export const openHistory = async (page: Page) => {
  await openOrganisation(page)
  await page.getByRole('button', { name: 'Show the history' }).click()
  return page.getByRole('list', { name: 'History' })
}
