/** Draws the PNGs under `resources/` from the SVGs beside them. Run it after an SVG has changed, and commit the result. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { findTestBrowser, launchOptions } from '../test/helpers/chromium.ts'

const resources = fileURLToPath(new URL('../resources/', import.meta.url))

/** Sizes in pixels that electron-builder and Linux desktops want. */
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

const PICTURES: ReadonlyArray<{ from: string; to: string; size: number }> = [
  ...ICON_SIZES.map(size => ({ from: 'icon.svg', to: `icons/${size}x${size}.png`, size })),
  { from: 'tray/tray.svg', to: 'tray/tray.png', size: 24 },
  { from: 'tray/tray.svg', to: 'tray/tray@2x.png', size: 48 },
  { from: 'tray/trayTemplate.svg', to: 'tray/trayTemplate.png', size: 18 },
  { from: 'tray/trayTemplate.svg', to: 'tray/trayTemplate@2x.png', size: 36 },
]

const found = await findTestBrowser()
if (found === undefined) throw new Error('Drawing needs a Chromium')
const browser = await chromium.launch(launchOptions(found))
const page = await browser.newPage()
for (const { from, to, size } of PICTURES) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>
    ${await readFile(resources + from, 'utf8')}`)
  await writeFile(resources + to, await page.screenshot({ omitBackground: true }))
}
await browser.close()
