import * as z from 'zod/mini'
import { deviceId, invitationId, keyId, personId, photoHash, proposalId } from '../ids.ts'
import {
  MAX_BUNDLE_BYTES,
  MAX_DEVICE_PAGE,
  MAX_EDITS,
  MAX_HISTORY_PAGE,
  MAX_INVITATION_CHARACTERS,
  MAX_INVITATION_LIFETIME,
  MAX_NAME_CHARACTERS,
  MAX_PASSPHRASE_CHARACTERS,
  MAX_PEOPLE,
  MAX_TABLE_BYTES,
  MAX_TABLE_ROWS,
  MAX_TOLD_CHANGES,
} from '../limits.ts'
import {
  administrators,
  deviceState,
  draftTarget,
  fork,
  historyEntry,
  issuedInvitation,
  proposal,
  stagedChange,
  stagedDraft,
  toldChanges,
} from './administration-entities.ts'
import { edit, policy } from './edits.ts'
import { count, fingerprintWords, time } from './entities.ts'
import { tableMapping, tableRow } from './people-table.ts'

const nothing = z.strictObject({})
const bytesUpTo = (max: number) =>
  z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length <= max, `at most ${max} bytes`))
const passphrase = z.string().check(z.maxLength(MAX_PASSPHRASE_CHARACTERS))
const recoveryWords = z.array(z.string().check(z.maxLength(16))).check(z.length(24))
const lifetime = z.int().check(z.minimum(60_000), z.maximum(MAX_INVITATION_LIFETIME))
const file = z.strictObject({
  name: z.string().check(z.maxLength(MAX_NAME_CHARACTERS + 40)),
  bytes: z.instanceof(Uint8Array),
})
const limit = (max: number) => z.int().check(z.minimum(1), z.maximum(max))

/** Room for the container around the largest bundle. */
const MAX_FILE_BYTES = MAX_BUNDLE_BYTES + 1_024

/** Thousands of signatures, or key derivation from a passphrase. */
const SLOW_CALL = 120_000

/** After a signature: in force, or still waiting for others. */
const signed = z.strictObject({
  outcome: z.enum(['in-force', 'waiting']),
  version: count,
  signatures: count,
  threshold: count,
})

const historyPlace = z.strictObject({ list: count, root: count })

/** What administrators do, and what every member may read of it. */
export const administrationCalls = {
  /**
   * Keeps edits for the next list; another edit of the same thing takes the place of the first. Nothing is signed, nobody
   * else knows. `people` are the ids of new people, in the order of their edits. Throws `not-admin`, `bad-input`,
   * `person-unknown`, and `change-impossible` where somebody would remove themselves.
   */
  'changes.stage': {
    input: z.strictObject({ edits: z.array(edit).check(z.maxLength(MAX_EDITS)) }),
    output: z.strictObject({ people: z.array(personId) }),
  },
  /** What waits: own unsigned edits, and proposals that lack signatures. */
  'changes.get': {
    input: nothing,
    output: z.strictObject({
      nextVersion: count,
      threshold: count,
      /** Keys that may sign the list. */
      signers: count,
      /** In the order of the first edit; of more than these, removals and what concerns everybody come first. */
      staged: z.array(stagedChange).check(z.maxLength(MAX_TOLD_CHANGES)),
      stagedCount: count,
      proposals: z.array(proposal),
      /** The list has to be signed anew: it runs out soon, or a root change left it without its signers. */
      needsRenewal: z.boolean(),
    }),
  },
  /**
   * What is staged of one thing, also where `changes.get` does not tell it and where a proposal carries it; null where
   * nothing is, or where it is to go.
   */
  'changes.draft': { input: draftTarget, output: z.strictObject({ draft: z.nullable(stagedDraft) }) },
  /** Takes edits back; null for all of them. A group that is staged forgets a new person who is taken back. */
  'changes.discard': { input: z.strictObject({ ids: z.nullable(z.array(z.int())) }), output: nothing },
  /**
   * Signs the staged edits as the next list; with none, the list as it is, anew. Needs `admin.unlock`, else `admin-locked`.
   * `nothing-to-sign` where there are no edits and no renewal is due.
   */
  'changes.sign': { input: nothing, output: signed, timeoutMs: SLOW_CALL },
  /** Adds this person's signature. A root asks for the words of the recovery sheet, a list for `admin.unlock`. */
  'proposal.sign': {
    input: z.strictObject({ id: proposalId, words: z.nullable(recoveryWords) }),
    output: signed,
    timeoutMs: SLOW_CALL,
  },
  /** Forgets a proposal on this device; own edits in it are staged again. */
  'proposal.drop': { input: z.strictObject({ id: proposalId }), output: nothing },

  'policy.get': { input: nothing, output: policy },

  /** Reads a table of people and says what taking it over would do; nothing is kept. Throws `table-unreadable`. */
  'people.preview': {
    input: z.strictObject({ table: bytesUpTo(MAX_TABLE_BYTES), mapping: z.nullable(tableMapping) }),
    output: z.strictObject({
      columns: z.array(z.string().check(z.maxLength(200))),
      mapping: tableMapping,
      counts: z.strictObject({ add: count, change: count, same: count, problem: count }),
      /** Problems first, then by row; the first 1,000. */
      rows: z.array(tableRow).check(z.maxLength(1_000)),
      rowCount: z.int().check(z.maximum(MAX_TABLE_ROWS)),
    }),
    timeoutMs: SLOW_CALL,
  },
  /** Stages what the preview showed. `table-has-problems` unless rows with problems are to be left out. */
  'people.import': {
    input: z.strictObject({ table: bytesUpTo(MAX_TABLE_BYTES), mapping: tableMapping, skipProblems: z.boolean() }),
    output: z.strictObject({ added: z.array(personId).check(z.maxLength(MAX_PEOPLE)), changed: count, skipped: count }),
    timeoutMs: SLOW_CALL,
  },
  /** Everybody on the list as CSV that the usual spreadsheets open (UTF-8 with a byte order mark). */
  'people.export': { input: nothing, output: file, timeoutMs: SLOW_CALL },
  /** Null where the picture has not arrived yet. */
  'photo.get': {
    input: z.strictObject({ hash: photoHash }),
    output: z.strictObject({ bytes: z.nullable(z.instanceof(Uint8Array)) }),
  },

  /** One invitation for each of these people, who are on the list or staged for it. */
  'invitation.createFor': {
    input: z.strictObject({ people: z.array(personId).check(z.minLength(1), z.maxLength(MAX_PEOPLE)), lifetime }),
    output: z.strictObject({ invitations: z.array(issuedInvitation) }),
    timeoutMs: SLOW_CALL,
  },
  /** The link of an invitation that is still open and was made on this device. Throws `invitation-unknown`. */
  'invitation.link': {
    input: z.strictObject({ id: invitationId }),
    output: z.strictObject({ link: z.string().check(z.maxLength(MAX_INVITATION_CHARACTERS)) }),
  },

  'administrators.get': { input: nothing, output: administrators },
  /**
   * Makes keys of this person's own for signing lists, orders, freshness and roots, and offers them to the administrators. The
   * recovery sheet of the root key is shown by `recovery.words` until it is confirmed.
   */
  'administrators.offer': {
    input: z.strictObject({ passphrase }),
    output: z.strictObject({ words: fingerprintWords }),
    timeoutMs: SLOW_CALL,
  },
  'administrators.withdrawOffer': { input: nothing, output: nothing },
  /**
   * Prepares the next root and signs it with the root key in these words. Throws `recovery-words-wrong` where they are no
   * root key of this organisation, `change-impossible` where nobody could sign afterwards.
   */
  'administrators.change': {
    input: z.strictObject({
      words: recoveryWords,
      /** Offers to take up, by id. */
      add: z.array(z.string().check(z.regex(/^[0-9a-f]{32}$/))).check(z.maxLength(32)),
      remove: z.array(keyId).check(z.maxLength(64)),
      thresholds: z.strictObject({ root: count, contacts: count, orders: count }),
    }),
    output: signed,
    timeoutMs: SLOW_CALL,
  },

  /** Newest first, both kinds together by time; `before` is the place that the page before gave (null: from the newest). */
  'history.page': {
    input: z.strictObject({ before: z.nullable(historyPlace), limit: limit(MAX_HISTORY_PAGE) }),
    output: z.strictObject({
      entries: z.array(historyEntry),
      /** Null at the end of what is here. */
      next: z.nullable(historyPlace),
      /** Whether all is here down to version 1; older versions come from colleagues. */
      isComplete: z.boolean(),
    }),
    timeoutMs: SLOW_CALL,
  },
  'devices.page': {
    input: z.strictObject({
      /** `behind`: on an older list. `unseen`: not for 14 days, or never. */
      show: z.enum(['all', 'behind', 'unseen']),
      after: z.nullable(deviceId),
      limit: limit(MAX_DEVICE_PAGE),
    }),
    output: z.strictObject({
      devices: z.array(deviceState),
      next: z.nullable(deviceId),
      counts: z.strictObject({ all: count, upToDate: count, behind: count, unseen: count }),
    }),
  },
  'forks.get': { input: nothing, output: z.strictObject({ forks: z.array(fork) }) },

  /** A `.lanyard` file: for USB sticks, shares and machines without a network. */
  'file.export': {
    input: z.discriminatedUnion('what', [
      /** All that the organisation says; any member may hand it on. */
      z.strictObject({ what: z.literal('bundle') }),
      z.strictObject({ what: z.literal('proposal'), id: proposalId }),
      z.strictObject({ what: z.literal('invitation'), id: invitationId }),
      /** This device's own request to join, while it waits. */
      z.strictObject({ what: z.literal('join-request') }),
      z.strictObject({ what: z.literal('key-offer') }),
      /** Evidence of every fork that this device knows of. */
      z.strictObject({ what: z.literal('forks') }),
    ]),
    output: file,
    timeoutMs: SLOW_CALL,
  },
  /** Takes in whatever such a file holds. A document that is refused throws by its reason. */
  'file.import': {
    input: z.strictObject({ bytes: bytesUpTo(MAX_FILE_BYTES) }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('bundle'), isNews: z.boolean(), version: count, signedAt: time }),
      z.strictObject({ kind: z.literal('proposal'), id: proposalId }),
      /** Not started: the person looks at it first, with `join.preview`. */
      z.strictObject({ kind: z.literal('invitation'), link: z.string().check(z.maxLength(MAX_INVITATION_CHARACTERS)) }),
      z.strictObject({
        kind: z.literal('notices'),
        requests: count,
        offers: count,
        /** Evidence that somebody with an administrator's key signed twice. */
        forks: count,
        others: count,
      }),
    ]),
    timeoutMs: SLOW_CALL,
  },
  /** What a `.lanyard` file would change, without taking it in; for bundles and proposals of this organisation. */
  'file.inspect': {
    input: z.strictObject({ bytes: bytesUpTo(MAX_FILE_BYTES) }),
    output: z.strictObject({
      kind: z.enum(['bundle', 'proposal', 'invitation', 'notices']),
      version: z.nullable(count),
      changes: toldChanges,
      /** Of all changes, also those that are not told one by one. */
      changeCount: count,
      /** Contradictions that the file proves: taking it in keeps them as evidence, and brings no other list into force. */
      forks: z.array(fork),
    }),
    timeoutMs: SLOW_CALL,
  },
} as const
