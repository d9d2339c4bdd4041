import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'

const SCREENS = fileURLToPath(new URL('../../../artefacts/screens', import.meta.url))

/** Impacts that count; WCAG 2.2 A and AA. */
const SERIOUS = new Set(['serious', 'critical'])
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Keeps a picture of the screen. */
export const keepPicture = async (page: Page, name: string): Promise<void> => {
  await mkdir(SCREENS, { recursive: true })
  await page.screenshot({ path: join(SCREENS, `${name}.png`), animations: 'disabled' })
}

/** Keeps a picture of the screen and lets axe look at it: nothing serious may be found. */
export const look = async (page: Page, name: string): Promise<void> => {
  await keepPicture(page, name)
  // legacy: axe runs in the page alone. Its other mode opens a second page for each look, for frames of other sites, of
  // which there are none, and takes twice as long.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze()
  const serious = violations
    .filter(({ impact }) => SERIOUS.has(impact ?? ''))
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`)
  expect.soft(serious, `axe on ${name}`).toEqual([])
}
