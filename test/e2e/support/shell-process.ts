import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../../../out/browser/index.mjs', import.meta.url))
const CLOCK = new URL('clock-ahead.mjs', import.meta.url).href

export interface ShellProcess {
  /** One-time address of the page. */
  address: string
  /** SIGTERM, as when somebody signs out. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

/** Everything that the process says, until one of the lines holds `part`; rejects when it ends before. */
const linesUntil = (child: ChildProcess, part: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const take = (chunk: Buffer) => {
      said += chunk
      const found = part.exec(said)
      if (found !== null) resolve(found[0])
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.once('close', () => reject(new Error(`The browser shell has ended:\n${said}`)))
  })

/**
 * Starts the built browser shell on a profile, and leaves opening the page to the journey. `clockAhead`: milliseconds by
 * which the clock of this PC is ahead; the product knows nothing of it.
 */
export const startShellProcess = async (
  profile: string,
  args: readonly string[],
  clockAhead = 0,
): Promise<ShellProcess> => {
  if (!existsSync(ENTRY)) throw new Error('The journeys run the built product: npm run build')
  const clock = clockAhead === 0 ? [] : ['--import', CLOCK]
  const child = spawn(process.execPath, [...clock, ENTRY, '--profile', profile, '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANYARD_TEST_CLOCK_AHEAD: String(clockAhead) },
  })
  const exited = once(child, 'exit')
  const address = await linesUntil(child, /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return { address, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

/** What a start says that is meant to fail, and its exit code. */
export const failingStart = async (
  profile: string,
  args: readonly string[],
): Promise<{ code: number; said: string }> => {
  const child = spawn(process.execPath, [ENTRY, '--profile', profile, '--no-open', ...args])
  let said = ''
  child.stdout.on('data', chunk => {
    said += chunk
  })
  child.stderr.on('data', chunk => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  return { code, said }
}
