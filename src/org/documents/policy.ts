import { MAX_ADDRESS_CHARACTERS, MAX_SEED_ADDRESSES } from '../../shared/limits.ts'
import {
  arrayOf,
  boolean,
  choice,
  type Decoded,
  documentOf,
  integer,
  literal,
  nullable,
  record,
  sortedBy,
  text,
} from '../codec.ts'
import { deviceIdCodec } from '../fields.ts'
import { MAX_POLICY_BYTES, MAX_PREFERRED_MAILBOXES } from '../limits.ts'

const days = integer(1, 36_500)
const mebibytes = integer(1, 2 ** 20)

const policy = record({
  format: [0, literal(1)],
  /** Days that messages are kept; null for ever. */
  retentionDays: [1, nullable(days)],
  whoCreatesGroups: [2, choice({ administrators: 0, everybody: 1 })],
  /** MiB of one file; null where files are not allowed. */
  maxFileMebibytes: [3, nullable(mebibytes)],
  /** Minutes without input until the app locks; null for never. */
  lockAfterMinutes: [4, nullable(integer(1, 10_000))],
  /** Days without fresh news from an administrator until the app locks; null for never. */
  offlineLeaseDays: [5, nullable(days)],
  mailbox: [
    6,
    record({
      /** MiB that one device keeps for others; null switches mailboxes off. */
      maxMebibytes: [0, nullable(mebibytes)],
      maxDays: [1, days],
      /** Devices to leave messages with before all others. */
      preferred: [2, sortedBy(deviceIdCodec, MAX_PREFERRED_MAILBOXES, id => id)],
    }),
  ],
  /** Multiaddrs of devices on other subnets, to ask first. */
  seedAddresses: [7, arrayOf(text(1, MAX_ADDRESS_CHARACTERS), MAX_SEED_ADDRESSES)],
  /** Valid invitations are approved without a question while the administrator's key is unlocked. */
  approvesInvitations: [8, boolean],
  sendsReadReceipts: [9, boolean],
})

/** The organisation's rules. Bound to the contact list by its hash, so it is signed with it. */
export type Policy = Decoded<typeof policy>

export const policyDocument = documentOf(policy, 'policy', MAX_POLICY_BYTES)

export const defaultPolicy: Policy = {
  format: 1,
  retentionDays: null,
  whoCreatesGroups: 'everybody',
  maxFileMebibytes: 4_096,
  lockAfterMinutes: null,
  offlineLeaseDays: null,
  mailbox: { maxMebibytes: 256, maxDays: 30, preferred: [] },
  seedAddresses: [],
  approvesInvitations: false,
  sendsReadReceipts: true,
}
