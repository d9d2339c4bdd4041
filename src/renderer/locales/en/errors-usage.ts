import type { ErrorCode } from '../../../shared/errors.ts'
import { type ErrorWords, say } from './say.ts'

/** The organisation's documents, joining, conversations and the network. */
export const usageErrors = {
  'recovery-words-wrong': say(
    'These words are not a recovery sheet of this organisation.',
    'Nothing was changed.',
    'Compare each word with the sheet, and its number.',
  ),
  'lease-over': say(
    'This PC has not heard from an administrator for too long.',
    'Your messages are closed, not erased.',
    'Connect to the company network, or open a newer list from a file.',
  ),
  'nothing-to-sign': say('There is no change to sign.', 'The signed list is as it was.', 'Change something first.'),
  'already-signed': say('Your signature is on it already.', 'It still counts.', 'Wait for the others.'),
  'proposal-unknown': say(
    'This change is not here any more.',
    'The signed list is as it was.',
    'Look at the list of changes again.',
  ),
  'proposal-outdated': say(
    'The list has changed since this was prepared.',
    'Nothing was signed.',
    'Prepare the change again on the newest list.',
  ),
  'change-impossible': say(
    'After this change nobody could sign any more.',
    'Nothing was changed.',
    'Keep enough keys for every role.',
  ),
  'table-unreadable': say(
    'This file is not a table of people.',
    'Nothing was taken over.',
    'Save it as CSV in your spreadsheet and try again.',
  ),
  'table-has-problems': say(
    'Some rows of the table cannot be taken over.',
    'Nothing was taken over.',
    'Correct them, or leave those rows out.',
  ),
  'document-malformed': say(
    'What arrived is not a document of an organisation.',
    'It was thrown away. Your contact list is unchanged.',
    'Ask for it again.',
  ),
  'document-too-large': say(
    'What arrived is too large to be a contact list.',
    'It was thrown away. Your contact list is unchanged.',
    'Tell an administrator.',
  ),
  'signature-missing': say(
    'The contact list that arrived lacks a valid signature.',
    'It was thrown away. Your contact list is unchanged.',
    'Tell an administrator.',
  ),
  rollback: say(
    'An older contact list was offered.',
    'It was refused. Your newer one is unchanged.',
    'Nothing. If it happens again, tell an administrator.',
  ),
  fork: say(
    'Two different contact lists carry the same number.',
    'Lanyard keeps the list it had.',
    'Tell an administrator at once.',
  ),
  expired: say(
    'This has run out and is not valid any more.',
    'You can still write to people you know.',
    'Ask an administrator for a new one.',
  ),
  'not-yet-valid': say(
    'This carries a date in the future.',
    'Nothing was changed.',
    'Check the clock of this PC, then try again.',
  ),
  'wrong-organisation': say('This belongs to another organisation.', 'Nothing was changed.', 'Check who sent it.'),
  removed: say(
    'This person or this PC is no longer on the contact list.',
    'The message is safe on your PC.',
    'Ask an administrator if this is a mistake.',
  ),
  'invitation-malformed': say(
    'That is not a whole invitation.',
    'Nothing was changed.',
    'Copy all of the link, from “lanyard:” to its end.',
  ),
  'invitation-expired': say('This invitation has run out.', 'Nothing was changed.', 'Ask for a new one.'),
  'invitation-used': say('This invitation was used already.', 'Nothing was changed.', 'Ask for a new one.'),
  'invitation-unknown': say(
    'The administrator’s PC does not know this invitation.',
    'Nothing was changed.',
    'Ask for a new one. The old one may have been withdrawn.',
  ),
  'join-declined': say('An administrator declined the request.', 'Nothing was changed on this PC.', 'Talk to them.'),
  'not-joined': say('This PC belongs to no organisation yet.', 'Nothing was changed.', 'Join with an invitation.'),
  'already-joined': say('This PC belongs to an organisation already.', 'Nothing was changed.', ''),
  'not-admin': say('Only administrators can do that.', 'Nothing was changed.', 'Ask an administrator.'),
  'admin-locked': say('The administrator key is locked.', 'Nothing was signed.', 'Enter the administrator passphrase.'),
  'request-unknown': say(
    'This request is not there any more.',
    'Nothing was signed.',
    'It was cancelled or answered by somebody else.',
  ),
  'request-changed': say(
    'The request was changed while you compared the words.',
    'Nothing was signed. The person is not on the contact list.',
    'Close this, and compare the words of the request again.',
  ),
  'recovery-not-held': say(
    'This PC does not hold the recovery words.',
    'They are on the recovery sheet alone.',
    'Look where the sheet is kept.',
  ),
  'person-unknown': say('This person is not on the contact list.', 'Nothing was sent.', 'Look in People.'),
  'conversation-unknown': say('This chat is not on this PC.', 'Nothing was lost.', 'Open it from People.'),
  'message-unknown': say('This message is not on this PC any more.', 'Nothing else was changed.', ''),
  'message-empty': say('There is nothing in this message.', 'Nothing was sent.', 'Write something first.'),
  'message-too-long': say('This message is too long.', 'The text is safe on your PC.', 'Send it in parts.'),
  'message-unreadable': say(
    'This message has too many marks on one letter.',
    'The text is safe on your PC. Colleagues’ PCs would refuse it.',
    'Remove the marks and send it again.',
  ),
  'message-sent': say('This message has gone out already.', 'It cannot be taken back any more.', ''),
  'not-supported': say('This PC cannot do that.', 'Nothing was changed.', ''),
  'port-taken': say(
    'Another program uses the network port of Lanyard.',
    'Your messages are safe and wait on this PC.',
    'Close the other program and open Lanyard again.',
  ),
  'network-failed': say(
    'The network of this PC refused Lanyard.',
    'What you write waits on this PC.',
    'Check the firewall, or tell IT.',
  ),
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>
