import type { ErrorCode } from '../../../shared/errors.ts'
import { type ErrorWords, say } from './say.ts'

/** The connection inside Lanyard, the profile, and its storage. */
export const profileErrors = {
  'bad-input': say('Lanyard refused what was entered.', 'Nothing was changed.', 'Check it and try again.'),
  'unknown-call': say(
    'The window and the engine of Lanyard are of different versions.',
    'Your messages are safe on this PC.',
    'Close Lanyard and open it again.',
  ),
  timeout: say('That took too long.', 'Nothing was lost.', 'Try again.'),
  cancelled: say('That was cancelled.', 'Nothing was changed.', ''),
  'port-closed': say(
    'Lanyard’s engine is not answering.',
    'Your messages are safe on this PC.',
    'Wait a moment and try again.',
  ),
  'contract-mismatch': say(
    'The window and the engine of Lanyard are of different versions.',
    'Your messages are safe on this PC.',
    'Close Lanyard and open it again.',
  ),
  internal: say(
    'Something inside Lanyard went wrong.',
    'Your messages are safe on this PC.',
    'Try again. If it stays, tell IT; the log says more.',
  ),
  'profile-in-use': say(
    'This profile is open in another Lanyard.',
    'Your messages are untouched.',
    'Close the other one, then try again.',
  ),
  'profile-locked': say('Lanyard is locked.', 'Your messages are sealed on this PC.', 'Unlock it first.'),
  'profile-exists': say('There is a profile on this PC already.', 'It was not touched.', 'Unlock it instead.'),
  'profile-missing': say(
    'There is no profile on this PC.',
    'Nothing was lost.',
    'Join with an invitation or start an organisation.',
  ),
  'profile-corrupt': say(
    'The profile on this PC is damaged and cannot be opened.',
    'The damaged files were kept as they are.',
    'Bring the profile folder back from a backup, or ask an administrator for a new invitation.',
  ),
  'profile-newer': say(
    'This profile was made by a newer Lanyard.',
    'Your messages are untouched.',
    'Install the newest version.',
  ),
  'passphrase-wrong': say(
    'That passphrase does not open Lanyard.',
    'Your messages are untouched.',
    'Check Caps Lock and try again.',
  ),
  'passphrase-weak': say(
    'That passphrase is too easy to guess.',
    'Nothing was changed.',
    'Use at least 10 characters; four unrelated words do well.',
  ),
  'keychain-unavailable': say(
    'This PC’s keychain does not answer.',
    'Your messages are sealed and untouched.',
    'Unlock the keychain, or use a passphrase.',
  ),
  'disk-full': say(
    'This PC’s disk is full.',
    'Everything stored so far is safe. New messages cannot be kept until there is room.',
    'Free some space on the disk.',
  ),
  'storage-failed': say(
    'Lanyard could not write to this PC’s disk.',
    'Everything stored so far is safe.',
    'Check the disk and try again.',
  ),
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>
