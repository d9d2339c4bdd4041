import { CommanderError } from 'commander'
import { isLanyardError } from '../shared/errors.ts'
import { type ExitName, exitNameOf } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import { UsageError } from './usage-error.ts'

export interface TellOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

/** What goes to standard output. Pure. */
export const answerOf = (outcome: Outcome, { json = false, quiet = false }: TellOptions): string | Uint8Array => {
  if (json) return `${JSON.stringify(outcome.json, bytesAsBase64, 2)}\n`
  if (outcome.bytes !== undefined) return outcome.bytes
  const parts = [outcome.text, quiet ? undefined : outcome.note].filter(part => part !== undefined && part !== '')
  return parts.map(part => `${part}\n`).join('')
}

const bytesAsBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value

interface Failure {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  readonly exit: ExitName
}

const failureOf = (error: unknown): Failure => {
  if (isLanyardError(error)) {
    const { code, message, retryable } = error
    return { code, message, retryable, exit: exitNameOf(code) }
  }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UsageError || error instanceof CommanderError)
    return { code: 'usage', message: message.replace(/^error: /, ''), retryable: false, exit: 'usage' }
  if (error instanceof Error && error.name === 'ExitPromptError')
    return { code: 'cancelled', message: 'Nothing was done', retryable: false, exit: 'failed' }
  const stack = error instanceof Error ? (error.stack ?? message) : message
  return { code: 'internal', message: stack, retryable: false, exit: 'failed' }
}

/** What a person does about it, where that is not in the message. */
const HINTS: Readonly<Record<string, string>> = {
  'profile-in-use': 'Nothing was changed. Close the app first, or name another folder with --profile.',
  'profile-missing': 'Make one with "org create" or "join", or name its folder with --profile.',
  'nothing-to-sign': 'Nothing is staged, and the list needs no renewal.',
  'not-supported': 'This version of Lanyard cannot do that yet.',
}

/** What goes to standard error, and how the command ends. Pure. */
export const complaintOf = (error: unknown, { json = false }: TellOptions): { text: string; exit: ExitName } => {
  const { exit, ...failure } = failureOf(error)
  if (json) return { text: `${JSON.stringify({ error: failure })}\n`, exit }
  const { code, message } = failure
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`
  const hint = HINTS[code]
  return { text: `lanyard: ${sentence}${hint === undefined ? '' : ` ${hint}`} (${code})\n`, exit }
}
