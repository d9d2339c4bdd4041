import type { ExitName } from './exit-codes.ts'

/** What a command has to say when it is through. */
export interface Outcome {
  /** The one document of `--json`. Bytes are written as base64. */
  readonly json: unknown
  /** What was asked for, for people; also with `--quiet`. */
  readonly text?: string
  /** What was done, for people; not with `--quiet`. */
  readonly note?: string
  /** Instead of text: the answer is a file, and goes to standard output as it is. */
  readonly bytes?: Uint8Array
  /** `ok` unless given. */
  readonly exit?: ExitName
}
