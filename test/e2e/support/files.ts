import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'

/** Presses a button that hands a file out, and puts the file on a stick. Returns where it lies. */
export const saveByButton = async (page: Page, button: string): Promise<string> => {
  const stick = await mkdtemp(join(tmpdir(), 'lanyard-stick-'))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).first().click(),
  ])
  const path = join(stick, download.suggestedFilename())
  await download.saveAs(path)
  return path
}

/** Presses a button that asks for a file, and chooses this one. */
export const openByButton = async (page: Page, button: string, path: string): Promise<void> => {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).first().click(),
  ])
  await chooser.setFiles(path)
}
