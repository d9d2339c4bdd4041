const DAY = 24 * 60 * 60_000

/** Milliseconds: a device makes new prekeys this often. */
export const PREKEY_ROTATION = 7 * DAY

/** Milliseconds: how long the private part of superseded prekeys is kept, for messages still under way. */
export const PREKEY_GRACE = 30 * DAY

/** Milliseconds: older prekeys of a peer are not used; what was sealed with them might find no private part. */
export const PREKEY_USABLE = 30 * DAY

/** Epochs of prekeys kept at once: 37 days of weekly ones, and room for some made early. */
export const MAX_PREKEY_EPOCHS = 16

/** One-time keys kept at once, some 110 bytes each; the oldest goes first. More devices than most lists have. */
export const MAX_ONE_TIME_KEYS = 10_000

/** Message keys that one envelope may step over: a thousand lost messages in a row, some 3 ms of work. */
export const MAX_SKIPPED_PER_STEP = 1_000

/** Message keys of missing messages kept in a session; the oldest go first. 42 bytes each. */
export const MAX_SKIPPED_STORED = 2_000

/** Receiving chains before the present one for which missing message keys are kept. */
export const MAX_OLD_CHAINS = 5

/** Milliseconds: a missing message is waited for this long, then its key is destroyed. */
export const SKIPPED_KEY_LIFETIME = 30 * DAY

/** Milliseconds: a session older than this is renewed by a new handshake (post-quantum healing). */
export const SESSION_RENEWAL_AGE = 7 * DAY

/** Messages in both directions after which a session is renewed. */
export const SESSION_RENEWAL_MESSAGES = 5_000

/** Superseded sessions kept to receive what was under way. */
export const MAX_ARCHIVED_SESSIONS = 5

/** Milliseconds: how long a superseded session is kept. */
export const ARCHIVED_SESSION_LIFETIME = 30 * DAY

/**
 * Handshakes of one peer remembered against replay while their prekeys live (16 bytes and an epoch each). At 37 days
 * this allows 27 renewals a day, 138,000 messages; beyond it the oldest prekeys are given up.
 */
export const MAX_REMEMBERED_HANDSHAKES = 1_024

/** Bytes of one encoded session: 2,000 skipped keys and 2 kB of everything else. */
export const MAX_SESSION_BYTES = 96 * 1024

/** Bytes of an encoded channel: six sessions at their largest and the replay guard. */
export const MAX_CHANNEL_BYTES = 768 * 1024

/** Bytes of a prekey bundle: ML-KEM key 1,184, two X25519 keys, signature. */
export const MAX_PREKEY_BUNDLE_BYTES = 2_048

/** Bytes of the encoded private prekeys: one-time keys at their most. */
export const MAX_PREKEY_SECRETS_BYTES = 2 * 1024 * 1024

/** Counts in an envelope's header are 32-bit. */
export const MAX_UINT32 = 0xffff_ffff
