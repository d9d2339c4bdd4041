import type { Page } from 'playwright/test'
import { look } from './screens.ts'

const LIGHT = { colorScheme: 'light', forcedColors: 'none' } as const
const DESK = { width: 1280, height: 800 }

/** One screen in every look that people choose or have: pictures of all, and axe on each. */
export const lookAround = async (page: Page, name: string): Promise<void> => {
  await look(page, name)
  await page.emulateMedia({ ...LIGHT, colorScheme: 'dark' })
  await look(page, `${name}-dark`)
  await page.emulateMedia({ ...LIGHT, forcedColors: 'active' })
  await look(page, `${name}-forced`)
  await page.emulateMedia(LIGHT)
  for (const [width, height] of [
    [900, 640],
    [480, 800],
  ] as const) {
    await page.setViewportSize({ width, height })
    await look(page, `${name}-${width}`)
  }
  await page.setViewportSize(DESK)
}
