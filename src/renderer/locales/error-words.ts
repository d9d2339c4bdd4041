import type { ErrorCode } from '../../shared/errors.ts'
import { profileErrors } from './en/errors-profile.ts'
import { usageErrors } from './en/errors-usage.ts'

/** In this order: what happened, what is safe, what to do. Each is a sentence; `safe` or `next` may be empty. */
export interface ErrorWords {
  readonly what: string
  readonly safe: string
  readonly next: string
}

const words: Readonly<Record<ErrorCode, ErrorWords>> = { ...profileErrors, ...usageErrors }

export const errorWords = (code: ErrorCode): ErrorWords => words[code]
