/** What the command is started with, inside a program that is the desktop app as well. */
export interface Invocation {
  /** For the command, without the switches of Electron. */
  readonly args: readonly string[]
  /** As `--profile` names it. */
  readonly profile: string | undefined
}

/** The options of every command, and whether a value follows. A test holds them against `createProgram`. */
export const globalOptions: ReadonlyMap<string, boolean> = new Map([
  ['--profile', true],
  ['--passphrase-file', true],
  ['--admin-passphrase-file', true],
  ['--words-file', true],
  ['--discovery', true],
  ['--discovery-port', true],
  ['--json', false],
  ['--quiet', false],
  ['--yes', false],
  ['--version', false],
  ['-V', false],
  ['--help', false],
  ['-h', false],
])

/** What the system hands over when somebody opens an invitation: that is for the window, whatever follows. */
const isOpened = (argument: string): boolean => /^lanyard:|\.lanyard$/i.test(argument)

const profileAmong = (args: readonly string[]): string | undefined => {
  const at = args.findIndex(argument => /^--profile(=|$)/.test(argument))
  return args[at]?.includes('=') === true ? args[at].slice('--profile='.length) : args[at + 1]
}

/**
 * Tells the command from the desktop app by what stands first: a word that is no invitation, or one of the command's own
 * options, is the command (a word that it does not know as well, so that a slip of the pen opens no window). Nothing, an
 * invitation, or nothing but switches of Electron is the window: undefined.
 */
export const invocationAmong = (given: readonly string[]): Invocation | undefined => {
  const args: string[] = []
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] ?? ''
    if (!argument.startsWith('-')) {
      if (isOpened(argument)) return undefined
      args.push(...given.slice(at))
      break
    }
    const takesValue = globalOptions.get(argument.replace(/=.*$/s, ''))
    if (takesValue === undefined) continue
    args.push(argument)
    if (takesValue && !argument.includes('=')) args.push(...given.slice(++at, at + 1))
  }
  if (args.length === 0) return undefined
  return { args, profile: args.some(each => each.startsWith('--profile')) ? profileAmong(args) : undefined }
}
