import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, onTestFinished } from 'vitest'

/** The sources; `npm test` names what it has built, which starts in half the time. */
const ENTRY = process.env.LANYARD_COMMAND ?? fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url))

/** Milliseconds for a story of many commands: each takes a second or two, and ten on a busy machine. */
export const MANY_COMMANDS = 600_000

export interface CommandResult {
  exit: number
  out: string
  error: string
  /** Of standard output. */
  json<T = Record<string, unknown>>(): T
}

export interface RunningCommand {
  done: Promise<CommandResult>
  /** Ctrl+C. */
  interrupt(): void
}

/** The real command in a process of its own. Nobody sits at its terminal. */
export const startCommand = (
  args: readonly string[],
  { folder, input = '' }: { folder: string; input?: string },
): RunningCommand => {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>()
  const child = execFile(
    process.execPath,
    [ENTRY, ...args],
    {
      cwd: folder,
      env: { ...process.env, LANYARD_PROFILE: join(folder, 'none') },
      maxBuffer: 64 * 1024 * 1024,
    },
    (failure, out, error) => {
      const exit = failure === null ? 0 : failure.code
      if (typeof exit !== 'number') return reject(failure)
      resolve({ exit, out, error, json: <T>() => JSON.parse(out) as T })
    },
  )
  child.stdin?.end(input)
  return { done: promise, interrupt: () => child.kill('SIGINT') }
}

export const runCommand = (args: readonly string[], place: { folder: string; input?: string }) =>
  startCommand(args, place).done

export interface Desk {
  readonly folder: string
  /** Of a file on it. */
  path(name: string): string
  /** Runs the command with this desk's profile and passphrases; throws unless it ends as expected. */
  lanyard(args: readonly string[], expected?: { exit: number; input?: string }): Promise<CommandResult>
  /** The same, without waiting for its end. */
  start(args: readonly string[]): RunningCommand
  put(name: string, content: string | Uint8Array): string
}

/** A person's machine: a profile, files with their passphrases, and the command. Gone after the test. */
export const createDesk = (name: string): Desk => {
  const folder = mkdtempSync(join(tmpdir(), `lanyard-${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return deskIn(folder, name)
}

const deskIn = (folder: string, name: string): Desk => {
  const path = (file: string) => join(folder, file)
  const put = (file: string, content: string | Uint8Array) => {
    writeFileSync(path(file), content, { mode: 0o600 })
    return path(file)
  }
  put('profile-passphrase', `the drawer of ${name}\n`)
  put('admin-passphrase', `the signing key of ${name}\n`)
  const own = [
    ...['--profile', path('profile')],
    ...['--passphrase-file', path('profile-passphrase')],
    ...['--admin-passphrase-file', path('admin-passphrase')],
  ]
  return {
    folder,
    path,
    put,
    start: args => startCommand([...own, ...args], { folder }),
    async lanyard(args, { exit, input = '' } = { exit: 0 }) {
      const result = await runCommand([...own, ...args], { folder, input })
      if (result.exit !== exit)
        throw new Error(`lanyard ${args.join(' ')} ended with ${result.exit}\n${result.out}\n${result.error}`)
      return result
    },
  }
}

/** An organisation on the desk of its founder, whose recovery words are in `words`. Returns its id. */
export const createOrganisation = async (desk: Desk, name: string): Promise<string> => {
  const options = ['--organisation', 'Hafen & Co', '--name', name, '--recovery-file', desk.path('words')]
  return (await desk.lanyard(['org', 'create', ...options, '--json'])).json<{ id: string }>().id
}

/**
 * What several tests of a file begin with: done once, by the real commands, as soon as one of them asks for it. Each test
 * gets desks of its own that look as they did then.
 */
export const begunOnce = <Name extends string, Told>(
  names: readonly Name[],
  begin: (desks: Readonly<Record<Name, Desk>>) => Promise<Told>,
): (() => Promise<{ desks: Readonly<Record<Name, Desk>>; told: Told }>) => {
  const desksOf = (open: (name: Name) => Desk) =>
    Object.fromEntries(names.map(name => [name, open(name)])) as Record<Name, Desk>
  let beginning: { folder: string; told: Promise<Told> } | undefined
  afterAll(() => {
    if (beginning !== undefined) rmSync(beginning.folder, { recursive: true, force: true })
  })

  const start = () => {
    const folder = mkdtempSync(join(tmpdir(), 'lanyard-beginning-'))
    const desks = desksOf(name => {
      mkdirSync(join(folder, name))
      return deskIn(join(folder, name), name)
    })
    return { folder, told: begin(desks) }
  }
  return async () => {
    beginning ??= start()
    const { folder } = beginning
    const told = await beginning.told
    const desks = desksOf(name => {
      const desk = createDesk(name)
      cpSync(join(folder, name), desk.folder, { recursive: true })
      return desk
    })
    return { desks, told }
  }
}
