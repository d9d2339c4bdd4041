import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, test as base, chromium, type Page } from 'playwright/test'
import { findTestBrowser, launchOptions } from '../../helpers/chromium.ts'
import { type ShellProcess, startShellProcess } from './shell-process.ts'

/** Somebody at their PC: a shell process of their own, and a browser of their own that shows its page. */
export interface Colleague {
  readonly page: Page
  readonly profile: string
  /** Ends the shell, cleanly or not, and closes the page. */
  leave(how?: 'stop' | 'kill'): Promise<void>
  /** Starts the shell again on the same profile, in the same browser; `clockAhead`: milliseconds later than it is. */
  returns(clockAhead?: number): Promise<void>
}

export interface Office {
  newcomer(name: string, looks?: BrowserContextOptions): Promise<Colleague>
  /** Somebody who has copied the disk of a colleague who is away, and runs it where nobody of the office is near. */
  thief(of: Colleague): Promise<Colleague>
  /** What to start a shell of this office with. */
  readonly args: readonly string[]
}

interface Fixtures {
  office: Office
}

/** Milliseconds for one click or fill: only something that is not there at all runs into it. */
const ACTION_LIMIT = 30_000

const VIEWPORT = { width: 1280, height: 800 }

/** Ports of loopback discovery: each journey has one, so that offices that run at the same time never meet. */
const randomPort = () => 20_000 + Math.floor(Math.random() * 30_000)
const nearby = () => ['--discovery', 'loopback', '--discovery-port', String(randomPort())]

export const test = base.extend<Fixtures, { chromiumHere: Browser }>({
  chromiumHere: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const found = await findTestBrowser()
      if (found === undefined) throw new Error('There is no Chromium here; TEST_BROWSER can name one')
      const browser = await chromium.launch(launchOptions(found))
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  office: async ({ chromiumHere }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-office-'))
    const args = nearby()
    const running = new Set<ShellProcess>()
    const faults: string[] = []

    const settle = async (name: string, where: readonly string[], looks: BrowserContextOptions): Promise<Colleague> => {
      const profile = join(folder, name.toLowerCase())
      const context = await chromiumHere.newContext({
        viewport: VIEWPORT,
        locale: 'en-GB',
        reducedMotion: 'reduce',
        ...looks,
      })
      let shell: ShellProcess
      let page: Page

      const open = async (clockAhead = 0) => {
        shell = await startShellProcess(profile, where, clockAhead)
        running.add(shell)
        page = await context.newPage()
        page.setDefaultTimeout(ACTION_LIMIT)
        page.on('pageerror', error => faults.push(`${name}: ${error.stack ?? error.message}`))
        page.on('console', message => {
          if (/content security policy|trusted/i.test(message.text())) faults.push(`${name}: ${message.text()}`)
        })
        await page.goto(shell.address)
      }
      await open()
      return {
        get page() {
          return page
        },
        profile,
        async leave(how = 'stop') {
          await page.close()
          running.delete(shell)
          await shell[how]()
        },
        returns: open,
      }
    }

    await use({
      newcomer: (name, looks = {}) => settle(name, args, looks),
      async thief(of) {
        await cp(of.profile, join(folder, 'thief'), { recursive: true })
        return settle('Thief', nearby(), {})
      },
      args,
    })
    for (const context of chromiumHere.contexts()) await context.close()
    for (const shell of running) await shell.stop()
    await rm(folder, { recursive: true, force: true })
    // A page that breaks, or tries what its policy forbids, fails the journey that saw it.
    base.expect(faults).toEqual([])
  },
})

export { expect } from 'playwright/test'
