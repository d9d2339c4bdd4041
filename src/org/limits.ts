import { MAX_BUNDLE_BYTES, MAX_GROUPS, MAX_PEOPLE } from '../shared/limits.ts'

/** Bounds of the organisation's documents. Whatever is beyond them is refused before it is looked at closer. */

const KIB = 1024
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Administrator keys of one organisation, over all roles. */
export const MAX_ROOT_KEYS = 64

/** Keys of one role, and so signatures of one document that can count. */
export const MAX_ROLE_KEYS = 32

/** Signatures in one envelope: a root carries those of the previous root's keys and of its own. */
export const MAX_SIGNATURES = 2 * MAX_ROLE_KEYS

/** Bytes that these signatures take in an envelope: each a key of 32 and a signature of 64 bytes, and what CBOR adds. */
export const MAX_SIGNATURES_BYTES = MAX_SIGNATURES * 110 + 16

/** Bytes of one root document: 64 keys with labels and four full roles take 41 KB. */
export const MAX_ROOT_BYTES = 48 * KIB

/** Roots in one chain. A rotation every week for 20 years. */
export const MAX_ROOTS = 1_024

/** Bytes of a list header: eight integers and three hashes take about 150. */
export const MAX_HEADER_BYTES = 512

/** Bytes of one leaf: a group that names 50,000 people takes 850 KB; a person with 16 devices 11 KB. */
export const MAX_LEAF_BYTES = 1024 * KIB

/** Removed devices that the list remembers. */
export const MAX_TOMBSTONES = 100_000

/** Leaves of one list of any kind. */
export const MAX_LEAVES = MAX_PEOPLE + MAX_GROUPS + MAX_TOMBSTONES

/** Bytes of a policy: 32 seed addresses and 64 preferred mailbox devices take 7 KB. */
export const MAX_POLICY_BYTES = 16 * KIB
export const MAX_PREFERRED_MAILBOXES = 64

/** Bytes of a freshness statement or an order: a few integers, ids and a reason of 200 characters. */
export const MAX_STATEMENT_BYTES = 2 * KIB

/** Orders that a device keeps and hands on at a time; those that ran out are dropped. */
export const MAX_ORDERS = 1_000

/**
 * Orders of one bundle whose signatures do not fit, before no more of its orders are looked at. To refuse a signature takes
 * some ten milliseconds; every device verifies what it hands on, so an honest one has none.
 */
export const MAX_FORGED_ORDERS = 4

/** Forks kept as evidence. One is enough to alarm; more only shows how long it went on. */
export const MAX_FORKS = 8

/**
 * Milliseconds that a document may be dated ahead of this device's clock. Two clocks that are each an hour off
 * (daylight saving, wrong zone) still agree; a version from years ahead cannot wear out the counters.
 */
export const MAX_CLOCK_AHEAD = 2 * 60 * MINUTE

/** Milliseconds. The root key lives on paper; nobody fetches it every year. */
export const ROOT_LIFETIME = 10 * 365 * DAY

/** Milliseconds. Every change signs the list anew; one that nobody changed or confirmed for a year has run out. */
export const LIST_LIFETIME = 365 * DAY

/** Administrators' devices named in one invitation, and addresses of each. */
export const MAX_INVITATION_VIA = 4
export const MAX_INVITATION_ADDRESSES = 8

/** Bytes of an invitation inside its link: 2,000 characters of base64url, less the prefix and the checksum. */
export const MAX_INVITATION_BYTES = 1_480

/** Bytes of the signed part of an invitation: what is left in the link beside secret, signature and a short `via`. */
export const MAX_CERTIFICATE_BYTES = 1_280

/** Bytes of a join request: the certificate, two keys, a device name of 120 characters, three signatures. */
export const MAX_JOIN_REQUEST_BYTES = 3 * KIB

/** Bytes of the signed part of a notice that is no request: ids, three keys and two times take about 200. */
export const MAX_NOTICE_BODY_BYTES = 512

/** Milliseconds. As long as an invitation: whoever was away for longer asks anew. */
export const MAX_NOTICE_LIFETIME = 90 * DAY

export const MAX_REQUESTS = 256
export const MAX_WITHDRAWALS = 256
export const MAX_DECLINES = 256
export const MAX_KEY_OFFERS = 128

/**
 * Of each kind from one device, and requests with invitations that one device has issued: half of the room, so that one
 * stolen device cannot take it all.
 */
export const MAX_STATEMENTS_PER_DEVICE = 128

/** Bytes of a proposal: whatever list goes into a bundle, with room for the frame that carries it among others. */
export const MAX_PROPOSAL_BYTES = MAX_BUNDLE_BYTES - KIB
