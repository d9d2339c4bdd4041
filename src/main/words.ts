import { type ErrorCode, isLanyardError } from '../shared/errors.ts'

export interface Words {
  title: string
  text: string
}

/** What happened, what is safe, what to do: for those failures after which there is no page to tell them. */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  'profile-in-use': {
    title: 'Lanyard is already running',
    text: 'Another Lanyard uses this profile. Nothing was changed. Use the window that is open.',
  },
  'profile-corrupt': {
    title: 'The profile is damaged',
    text: 'Lanyard cannot read its profile folder and left it as it is. Bring the folder back from a backup.',
  },
  'profile-newer': {
    title: 'A newer Lanyard has used this profile',
    text: 'Nothing was changed. Install that version or a later one to open it.',
  },
  'disk-full': {
    title: 'The disk is full',
    text: 'Lanyard did not start. What was stored is safe. Free some space and start it again.',
  },
  'storage-failed': {
    title: 'The profile folder cannot be read or written',
    text: 'What was stored is untouched. Check the folder and its permissions, then start Lanyard again.',
  },
}

const UNKNOWN: Words = {
  title: 'Lanyard has stopped',
  text: 'Something went wrong inside Lanyard. What was stored is safe. Start Lanyard again; the log in its profile folder says more.',
}

export const wordsFor = (error: unknown): Words => (isLanyardError(error) ? (WORDS[error.code] ?? UNKNOWN) : UNKNOWN)
