import { fork } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../helpers/electron-stand-in/report.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** The built main bundle over the stand-in, as `lanyard ARGS` starts it. */
export const forkMain = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: 'ignore' | 'pipe' = 'ignore',
  output: 'inherit' | 'pipe' = 'inherit',
) =>
  fork(fromRoot('out/main/index.cjs'), args, {
    execArgv: ['--import', fromRoot('test/helpers/electron-stand-in/register.ts')],
    env: { ...process.env, NODE_COMPILE_CACHE: fromRoot('.cache/compile'), ...env },
    stdio: [input, output, output, 'ipc'],
  })

export interface CommandEnd {
  code: number | null
  out: string
  error: string
  /** What it did of a desktop app. */
  told: Report[]
}

export interface CommandStart {
  input?: string
  env?: Readonly<Record<string, string>>
  /** Ctrl+C as soon as this stands on standard error. */
  interruptAt?: string
}

/** Runs a command to its end. There is no browser for a window: one that opens fails. */
export const runInApp = async (
  args: readonly string[],
  profile: string,
  { input = '', env = {}, interruptAt }: CommandStart = {},
): Promise<CommandEnd> => {
  const child = forkMain(args, { LANYARD_PROFILE: profile, ...env }, 'pipe', 'pipe')
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new Error('The command has no streams')
  const told: Report[] = []
  child.on('message', message => told.push(message as Report))
  let error = ''
  let isInterrupted = false
  stderr.setEncoding('utf8').on('data', chunk => {
    error += chunk
    if (isInterrupted || interruptAt === undefined || !error.includes(interruptAt)) return
    isInterrupted = child.kill('SIGINT')
  })
  stdin.end(input)
  const [[code], out] = await Promise.all([once(child, 'close'), text(stdout)])
  return { code, out, error, told }
}
