import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type LaunchOptions } from 'playwright'

const root = fileURLToPath(new URL('../..', import.meta.url))

const SYSTEM_BROWSERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/** A browser for tests, and what it takes to start it here. */
export interface TestBrowser {
  source: string
  executablePath: string
  args: string[]
  env: Record<string, string>
}

const asRoot = process.getuid?.() === 0
/** Chromium refuses its sandbox to root. Nothing is ever fetched from outside: tests know 127.0.0.1 only. */
const PLAIN_ARGS = [...(asRoot ? ['--no-sandbox'] : []), '--disable-background-networking']

const inherited = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** The system's fonts and those that the package brings; its own configuration names folders of another machine. */
const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`

/**
 * The Chromium inside the npm package @sparticuz/chromium (linux x64, headless only), unpacked once into `.cache/`
 * with the libraries that it brings. Its own default arguments are for another purpose and are not used.
 */
const unpackBundled = async (): Promise<TestBrowser | undefined> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const bin = join(dirname(entry), '..', 'bin')
  const folder = join(root, '.cache', 'chromium')
  if (!existsSync(folder)) {
    await mkdir(dirname(folder), { recursive: true })
    const unfinished = await mkdtemp(`${folder}-`)
    const before = process.env.TMPDIR
    process.env.TMPDIR = unfinished // where the package unpacks to
    try {
      const { inflate } = await import('@sparticuz/chromium')
      for (const archive of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
        await inflate(join(bin, archive))
      }
      await writeFile(join(unfinished, 'fonts', 'fonts.conf'), fontConfiguration(folder))
    } finally {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    }
    // Two runs at once: the second finds the folder there and throws its own copy away.
    await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
  }
  return {
    source: '@sparticuz/chromium',
    executablePath: join(folder, 'chromium'),
    args: [...PLAIN_ARGS, '--headless=old', '--use-gl=angle', '--use-angle=swiftshader'],
    env: {
      ...inherited(),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), folder, process.env.LD_LIBRARY_PATH]
        .filter(part => part !== undefined && part !== '')
        .join(delimiter),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  }
}

/** In this order: `TEST_BROWSER`, Playwright's own, the system's, the one from npm. Undefined: there is none. */
export const findTestBrowser = async (): Promise<TestBrowser | undefined> => {
  const plain = (source: string, executablePath: string): TestBrowser => ({
    source,
    executablePath,
    args: PLAIN_ARGS,
    env: inherited(),
  })
  const named = process.env.TEST_BROWSER
  if (named === 'npm') return unpackBundled()
  if (named !== undefined && named !== '') return plain('TEST_BROWSER', named)
  const own = chromium.executablePath()
  if (own !== '' && existsSync(own)) return plain('playwright', own)
  const system = SYSTEM_BROWSERS[process.platform]?.find(existsSync)
  if (system !== undefined) return plain('system', system)
  return unpackBundled()
}

export const launchOptions = ({ executablePath, args, env }: TestBrowser): LaunchOptions => ({
  executablePath,
  args,
  env,
  chromiumSandbox: !asRoot,
})
