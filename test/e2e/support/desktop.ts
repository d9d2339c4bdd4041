import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, test as base, chromium, type Page } from 'playwright/test'
import { findTestBrowser, launchOptions } from '../../helpers/chromium.ts'
import type { Deed, Report } from '../../helpers/electron-stand-in/report.ts'
import { forkMain } from './app-command.ts'

/** The built main bundle, running over the stand-in. */
export interface Desktop {
  page: Page
  told: Report[]
  /** Resolves with the first report, past or to come, of which the story is true. */
  toldOf<What extends Report['what']>(
    what: What,
    isIt?: (report: Extract<Report, { what: What }>) => boolean,
  ): Promise<Extract<Report, { what: What }>>
  do(deed: Deed): void
  /** SIGTERM; resolves with the exit code. */
  end(): Promise<number | null>
}

export interface DesktopStart {
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
}

export interface Desktops {
  profile: string
  start(init?: DesktopStart): Promise<Desktop>
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}

const startDesktop = async (
  browser: Browser,
  cdp: string,
  profile: string,
  { args = [], env = {} }: DesktopStart,
): Promise<Desktop> => {
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error('The browser has no default context')
  const opened = context.waitForEvent('page')
  const child = forkMain(args, {
    LANYARD_PROFILE: profile,
    LANYARD_DISCOVERY: 'off',
    STAND_IN_BROWSER: cdp,
    ...env,
  })
  const exited = once(child, 'exit')
  const told: Report[] = []
  const listeners = new Set<() => void>()
  child.on('message', message => {
    told.push(message as Report)
    for (const look of listeners) look()
  })
  const desktop: Desktop = {
    page: await opened,
    told,
    toldOf(what, isIt = () => true) {
      type Told = Extract<Report, { what: typeof what }>
      return new Promise(resolve => {
        const look = () => {
          const found = told.find(report => report.what === what && isIt(report as Told))
          if (found === undefined) return
          listeners.delete(look)
          resolve(found as Told)
        }
        listeners.add(look)
        look()
      })
    },
    do: deed => void child.send(deed),
    async end() {
      if (child.exitCode === null) child.kill('SIGTERM')
      const [code] = (await exited) as [number | null]
      return code
    },
  }
  return desktop
}

export const test = base.extend<{ desktops: Desktops }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  desktops: async ({}, use) => {
    const found = await findTestBrowser()
    if (found === undefined) throw new Error('There is no Chromium here; TEST_BROWSER can name one')
    const port = await freePort()
    const options = launchOptions(found)
    const launched = await chromium.launch({
      ...options,
      args: [...(options.args ?? []), `--remote-debugging-port=${port}`],
    })
    const cdp = `http://127.0.0.1:${port}`
    const observer = await chromium.connectOverCDP(cdp)
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-desktop-'))
    const profile = join(folder, 'profile')
    const running: Desktop[] = []
    await use({
      profile,
      async start(init = {}) {
        const desktop = await startDesktop(observer, cdp, profile, init)
        running.push(desktop)
        return desktop
      },
    })
    for (const desktop of running) await desktop.end()
    await observer.close()
    await launched.close()
    await rm(folder, { recursive: true, force: true })
  },
})

export { expect } from 'playwright/test'
