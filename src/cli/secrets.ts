import { createInterface } from 'node:readline/promises'
import { MAX_PASSPHRASE_CHARACTERS } from '../shared/limits.ts'
import { readBytes } from './files.ts'
import { UsageError } from './usage-error.ts'

/** Where secrets come from besides the keyboard: never from arguments or the environment, which other processes see. */
export interface SecretSources {
  readonly passphraseFile?: string
  readonly adminPassphraseFile?: string
  readonly wordsFile?: string
  /** Questions are answered with yes. */
  readonly yes?: boolean
}

export interface Secrets {
  profilePassphrase(options?: { isNew: boolean }): Promise<string>
  adminPassphrase(options?: { isNew: boolean }): Promise<string>
  /** The 24 words of a recovery sheet. */
  recoveryWords(): Promise<string[]>
  /** Asks a person; `--yes` answers. Throws a UsageError where nobody can be asked. */
  confirm(question: string): Promise<boolean>
}

export interface SecretsInit {
  readonly sources: SecretSources
  /** Whether somebody sits at a terminal. */
  readonly isInteractive: boolean
  readonly input: NodeJS.ReadableStream
  /** Not standard output, which belongs to the answer. */
  readonly output: NodeJS.WritableStream
}

/** Bytes of UTF-8; 24 words take 200. */
const MAX_SECRET_BYTES = 4 * MAX_PASSPHRASE_CHARACTERS

const WORDS = 24

const readSecret = (source: string): string =>
  new TextDecoder().decode(readBytes(source, MAX_SECRET_BYTES)).replace(/\r?\n$/, '')

export const wordsOf = (text: string): string[] => {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
  if (words.length !== WORDS) throw new UsageError(`A recovery sheet has ${WORDS} words, not ${words.length}`)
  return words
}

/** `input` and `output` of the terminal; files are read when they are needed, each once. */
export const createSecrets = ({ sources, isInteractive, input, output }: SecretsInit): Secrets => {
  const fromInput = Object.values(sources).filter(source => source === '-').length
  if (fromInput > 1) throw new UsageError('Only one secret can come from standard input; fd:3 and files take others')

  const ask = async (message: string, option: string): Promise<string> => {
    if (!isInteractive) throw new UsageError(`Nobody can be asked here: give ${option} FILE (or -, or fd:3)`)
    // Most commands ask nothing, and all of them start without it.
    const { default: askHidden } = await import('@inquirer/password')
    return askHidden({ message, mask: '*' }, { input, output })
  }

  const passphrase = async (source: string | undefined, what: string, option: string, isNew: boolean) => {
    if (source !== undefined) return readSecret(source)
    const first = await ask(isNew ? `New passphrase of ${what}` : `Passphrase of ${what}`, option)
    if (isNew && (await ask('Once more', option)) !== first) throw new UsageError('The two passphrases differ')
    return first
  }

  return {
    profilePassphrase: ({ isNew } = { isNew: false }) =>
      passphrase(sources.passphraseFile, 'this profile', '--passphrase-file', isNew),
    adminPassphrase: ({ isNew } = { isNew: false }) =>
      passphrase(sources.adminPassphraseFile, 'your signing key', '--admin-passphrase-file', isNew),
    async recoveryWords() {
      const { wordsFile } = sources
      return wordsOf(
        wordsFile === undefined ? await ask('The 24 words of your sheet', '--words-file') : readSecret(wordsFile),
      )
    },
    async confirm(question) {
      if (sources.yes === true) return true
      if (!isInteractive) throw new UsageError('Nobody can be asked here: add --yes once you are sure')
      const lines = createInterface({ input, output })
      try {
        return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim())
      } finally {
        lines.close()
      }
    },
  }
}
