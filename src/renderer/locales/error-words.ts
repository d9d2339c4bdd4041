import type { ErrorCode } from '../../shared/errors.ts'
import { profileErrors } from './en/errors-profile.ts'
import { usageErrors } from './en/errors-usage.ts'
import type { ErrorWords } from './en/say.ts'

const words: Readonly<Record<ErrorCode, ErrorWords>> = { ...profileErrors, ...usageErrors }

export const errorWords = (code: ErrorCode): ErrorWords => words[code]
