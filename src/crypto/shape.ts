import { LanyardError } from '../shared/errors.ts'

const malformed = (title: string, expected: string): never => {
  throw new LanyardError('document-malformed', `${title}: ${expected} expected`)
}

/** Reads an array of a known length out of decoded CBOR. Throws `document-malformed`. */
export const readTuple = (value: unknown, length: number, title: string): readonly unknown[] =>
  Array.isArray(value) && value.length === length ? value : malformed(title, `array of ${length}`)

/** Reads an array of at most `max` entries. */
export const readList = (value: unknown, max: number, title: string): readonly unknown[] =>
  Array.isArray(value) && value.length <= max ? value : malformed(title, `array of at most ${max}`)

/** Reads a byte string of exactly `length` bytes. */
export const readBytes = (value: unknown, length: number, title: string): Uint8Array =>
  value instanceof Uint8Array && value.length === length ? value : malformed(title, `${length} bytes`)

/** Reads a byte string of at most `max` bytes. */
export const readBlob = (value: unknown, max: number, title: string): Uint8Array =>
  value instanceof Uint8Array && value.length <= max ? value : malformed(title, `at most ${max} bytes`)

/** Reads an integer between `min` and `max`, both included. */
export const readInteger = (
  value: unknown,
  title: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
    ? value
    : malformed(title, `integer from ${min} to ${max}`)

/** Refuses a structure of another version than the one that is understood. */
export const readVersion = (value: unknown, version: number, title: string): void => {
  if (value !== version) malformed(title, `version ${version}`)
}

/** Null stays null, anything else is read. */
export const readNullable = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === null ? null : read(value)
