import { type ErrorCode, isLanyardError } from '../shared/errors.ts'
import { OptionError } from './options.ts'

/** What happened, what is safe, what to do: for those failures that the terminal has to tell, before there is a page. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  'port-taken':
    'Another program uses the port that Lanyard keeps for this profile. Your messages are untouched. ' +
    'End that program, or start Lanyard once with --port 0 to give it another port.',
  'profile-in-use':
    'Lanyard is already running with this profile. Nothing was changed. ' +
    'Use the window that is open, or start with --profile and another folder.',
  'profile-corrupt':
    'The profile folder is damaged and was left as it is. ' +
    'Bring it back from a backup, or start with --profile and an empty folder.',
  'profile-newer':
    'A newer Lanyard has used this profile. Nothing was changed. Install that version or a later one to open it.',
  'disk-full':
    'The disk is full, so Lanyard did not start. What was stored is safe. Free some space and start it again.',
  'storage-failed':
    'The profile folder cannot be read or written. What was stored is untouched. ' +
    'Check the folder and its permissions, then start Lanyard again.',
}

export const sentenceFor = (error: unknown): string => {
  if (error instanceof OptionError) return error.message
  if (isLanyardError(error)) return WORDS[error.code] ?? `${error.message}.`
  return `Lanyard could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
