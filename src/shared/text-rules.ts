/** What text may hold anywhere in the product: checked before it is signed or sent, and again where it arrives. */

/**
 * Combining marks in a row. Bringing them into order takes quadratic time: 160 kB of them take seconds, the megabytes
 * of a bundle days. Written language needs fewer than 10 (Unicode UAX #15 section 13 puts the bound at 30).
 */
const TOO_MANY_MARKS = /\p{M}{65}/u

/** Line breaks, control characters and overrides of the writing direction have no place in a name; they forge others. */
const FORGING = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/**
 * What nobody sees: two names that differ in it look the same, and a name of nothing else looks like none. By number, so
 * that every version of Unicode agrees on which lists are good.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them by itself is meant
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu

/**
 * Joiners and variation selectors belong into Persian, Indic scripts, Mongolian, Chinese characters and emoji. In front of
 * a text, and after Latin, Greek and Cyrillic letters, signs and spaces, they do nothing but hide.
 */
const MISPLACED =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them by itself is meant
  /(?:^|[\0-\u058f\u1e00-\u200b\u2010-\u206f\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f])[\u200c\u200d\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0100}-\u{e01ef}]/u

/** What nearly all names and details consist of: none of the rules below can be broken with it. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f]*$/

export const hasTooManyMarks = (text: string): boolean => TOO_MANY_MARKS.test(text)

/** What a spreadsheet or a web page has put between letters, and nobody typed. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '')

/** Whether a name or detail shows as what it is, on one line. */
export const isPlainLine = (text: string): boolean =>
  PLAIN.test(text) ||
  (!FORGING.test(text) && !hasTooManyMarks(text) && text.search(INVISIBLE) === -1 && !MISPLACED.test(text))
