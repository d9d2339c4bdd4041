/**
 * Bounds that more than one layer needs, each with its unit and its reason. A bound that only one folder needs stands
 * in that folder's own constants.
 */

const KIB = 1024
const MIB = 1024 * KIB
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Bytes of UTF-8 in one text message. Four screens of text; longer things are files. */
export const MAX_MESSAGE_BYTES = 16 * KIB

/** Bytes of a sealed envelope on the wire: the longest text plus a first handshake (ML-KEM ciphertext 1,088 bytes). */
export const MAX_ENVELOPE_BYTES = 20 * KIB

/** Bytes of one frame on the message stream: an envelope and its header. */
export const MAX_MESSAGE_FRAME_BYTES = 24 * KIB

/** Bytes of an organisation bundle: 10,000 people take 2 MB; this leaves room for photos' hashes and growth. */
export const MAX_BUNDLE_BYTES = 16 * MIB

/**
 * Bytes of a question about the organisation. Whoever asks sends little; the largest is the list that a removed device is
 * handed. A device that was stolen can have four under way, and an answer of 16 MiB is only read where it was asked for.
 */
export const MAX_ORG_REQUEST_BYTES = 2 * MIB

/** People on one contact list. */
export const MAX_PEOPLE = 50_000

/** Devices of one person. */
export const MAX_DEVICES_PER_PERSON = 16

/** Characters of a person's, organisation's or department's name. */
export const MAX_NAME_CHARACTERS = 120

/** Characters of a contact detail: e-mail, phone, title. */
export const MAX_DETAIL_CHARACTERS = 200

/** Named roles of one person (`helpdesk`, `works council`). */
export const MAX_PERSON_ROLES = 16

/** Bytes of a person's picture: 256 by 256 pixels as JPEG or WebP take 10 to 30 KB. */
export const MAX_PHOTO_BYTES = 64 * KIB

/** Groups of one organisation, and departments that one of them takes in whole. */
export const MAX_GROUPS = 2_000
export const MAX_GROUP_DEPARTMENTS = 64

/** Multiaddrs of devices on other subnets that the policy names, and characters of one. */
export const MAX_SEED_ADDRESSES = 32
export const MAX_ADDRESS_CHARACTERS = 200

/** Bytes of a table of people: 50,000 rows of 200 characters in UTF-16 stay below it. */
export const MAX_TABLE_BYTES = 16 * MIB

/** Rows of such a table. */
export const MAX_TABLE_ROWS = 50_000

/** Edits in one call: a table of people is staged by its own call. */
export const MAX_EDITS = 1_000

/** Entries in one page of the list's history or of its devices. */
export const MAX_HISTORY_PAGE = 100
export const MAX_DEVICE_PAGE = 500

/** Changes of one version that are told one by one; an import of thousands is told by its number. */
export const MAX_TOLD_CHANGES = 200

/** Characters of an invitation link. */
export const MAX_INVITATION_CHARACTERS = 2_000

/** Requests that one invitation carries: a person tries on two PCs; more means that the link went around. */
export const MAX_REQUESTS_PER_INVITATION = 4

/** Bytes of one notice: a join request of 3 KiB and what tells it apart; everything else is smaller. */
export const MAX_NOTICE_BYTES = 4 * KIB

/** Notices of all kinds that a device keeps and hands on; the bounds by kind add up to less. */
export const MAX_NOTICES = 1_000

/** Characters: short enough to remember, long enough that scrypt makes guessing dear. */
export const MIN_PASSPHRASE_CHARACTERS = 10
export const MAX_PASSPHRASE_CHARACTERS = 1_000

/** Rows in one page of messages: two screens. */
export const MESSAGE_PAGE = 60
export const MAX_MESSAGE_PAGE = 500

/** Changes in one answer of the change feed. */
export const FEED_PAGE = 500

/** Beyond this many missed changes a fresh snapshot is cheaper than catching up. */
export const FEED_SNAPSHOT_AFTER = 20_000

/** Milliseconds: how long an invitation is good for, and the most that may be asked for. */
export const INVITATION_LIFETIME = 7 * DAY
export const MAX_INVITATION_LIFETIME = 90 * DAY

/** Milliseconds: a freshness document may live no longer (bounds freeze attacks). */
export const MAX_FRESHNESS_LIFETIME = 7 * DAY

/** Milliseconds: a colleague's clock further off than this is noticed and told. */
export const CLOCK_SKEW_TOLD = 5 * MINUTE

/** Milliseconds: default answer time of a call across a port. */
export const CALL_TIMEOUT = 30_000

/** Calls a port may have waiting at once, before it counts as an attack or a bug. */
export const MAX_PENDING_CALLS = 1_024

/** Bytes of one frame across a port (a recovery sheet, a page of messages, a bundle file). */
export const MAX_PORT_FRAME_BYTES = 20 * MIB
