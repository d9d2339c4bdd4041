/** Envelopes under way to one device and not acknowledged: far below the 1,000 message keys that its ratchet may skip. */
export const WINDOW_ENVELOPES = 512

/** Bytes under way to one device: a quarter of the 4 MiB at which a stream that nobody reads is reset. */
export const WINDOW_BYTES = 1024 * 1024

/** Ids in one acknowledgement: 17 bytes each, so that the frame stays under 24 KiB. */
export const MAX_ACKNOWLEDGED_IDS = 1_024

/** Ids in one notice of delivered messages to one's own devices: fits a sealed envelope of 20 KiB. */
export const MAX_SYNCED_IDS = 512

/** Milliseconds without any acknowledgement until what is under way goes out again, and the longest pause between. */
export const RESEND_AFTER = 10_000
export const RESEND_AT_MOST_EVERY = 120_000

/** Milliseconds between two resets to the same device, and between two that are obeyed: a handshake costs work. */
export const RESET_EVERY = 5_000

/** Milliseconds that a message waits for a device that does not come back; then it fails, visibly. */
export const OUTBOX_LIFETIME = 30 * 86_400_000

/** Milliseconds that the id of an envelope is remembered: longer than its sender keeps sending it. */
export const SEEN_LIFETIME = 60 * 86_400_000

/** Milliseconds between two looks for what has expired, and until the first: a start has better things to do. */
export const SWEEP_EVERY = 3_600_000
export const SWEEP_FIRST_AFTER = 60_000

/** Rows removed in one transaction of a sweep, so that nothing else waits for it. */
export const SWEEP_ROWS = 1_000

/** Envelopes on one connection that cannot be opened: eight windows, far more than a lost session explains. */
export const MAX_UNOPENABLE = 8 * WINDOW_ENVELOPES

/** Unreadable frames after which a device is disconnected. */
export const MAX_BAD_FRAMES = 20

/**
 * Milliseconds between two replacements of the own prekeys out of turn. Anybody on the list can claim that they are
 * needed, and 16 sets are kept: more often, the prekeys that others hold would be gone before they are used.
 */
export const REPLACE_PREKEYS_EVERY = 3_600_000
