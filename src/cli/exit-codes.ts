import type { ErrorCode } from '../shared/errors.ts'

/** What the command ends with, for scripts; each is promised in docs/CLI.md and in the help. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  'not-verified': 3,
  'profile-in-use': 4,
  'passphrase-wrong': 5,
  waiting: 6,
} as const

export type ExitName = keyof typeof exitCodes

export const exitMeanings: Readonly<Record<ExitName, string>> = {
  ok: 'done',
  failed: 'refused, or failed; the code of the error says why',
  usage: 'the command line is not understood',
  'not-verified': 'org verify: something does not hold',
  'profile-in-use': 'Lanyard is running with this profile',
  'passphrase-wrong': 'a passphrase, or the recovery words, are wrong',
  waiting: 'done so far: others have to sign, or to answer, before it counts',
}

export const exitNameOf = (code: ErrorCode): ExitName => {
  switch (code) {
    case 'profile-in-use':
      return 'profile-in-use'
    case 'passphrase-wrong':
    case 'recovery-words-wrong':
      return 'passphrase-wrong'
    case 'bad-input':
    case 'passphrase-weak':
      return 'usage'
    default:
      return 'failed'
  }
}
