/** What text may hold anywhere in the product: checked before it is signed or sent, and again where it arrives. */

/**
 * Combining marks in a row. Bringing them into order takes quadratic time: 160 kB of them take seconds, the megabytes
 * of a bundle days. Written language needs fewer than 10 (Unicode UAX #15 section 13 puts the bound at 30).
 */
const TOO_MANY_MARKS = /\p{M}{65}/u

/** Line breaks, control characters and overrides of the writing direction have no place in a name; they forge others. */
const FORGING = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** What nearly all names and details consist of: none of the rules below can be broken with it. */
const PLAIN_ASCII = /^[ -~]*$/

export const hasTooManyMarks = (text: string): boolean => TOO_MANY_MARKS.test(text)

/** Whether a name or detail shows as what it is, on one line; a byte order mark in front is no part of a text. */
export const isPlainLine = (text: string): boolean =>
  PLAIN_ASCII.test(text) || (!FORGING.test(text) && !hasTooManyMarks(text) && !text.startsWith('\ufeff'))
