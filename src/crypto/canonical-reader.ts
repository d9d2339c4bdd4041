import { hasTooManyMarks } from '../shared/text-rules.ts'

/** What canonical CBOR carries here: no floats, no tags, no undefined; maps with integer or text keys. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CanonicalValue[]
  | ReadonlyMap<number | string, CanonicalValue>

/** Levels of arrays and maps in one another. Our deepest structure has seven; this only bounds the stack. */
const MAX_DEPTH = 32

/**
 * Values of one encoding, those inside others counted: 152,000 leaves of the largest bundle, and the roots and orders
 * with their signatures. An empty map takes one byte here and 200 in memory: 16 MiB of them would end the process.
 */
const MAX_VALUES = 500_000

/** Bytes. Each becomes one argument of a call. */
const SHORT_TEXT = 128

const FALSE = 0xf4
const TRUE = 0xf5
const NULL = 0xf6

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const refuse = (what: string): never => {
  throw new TypeError(what)
}

/**
 * Reads one value and refuses whatever `encodeCanonical` would have written differently, in a single pass: heads that
 * are longer than need be, keys out of order, text that is not NFC, anything after the value. The same verdict as to
 * decode, encode again and compare (a property test holds the two against each other), at a third of the time.
 * RFC 8949 section 4.2.1. Two bounds are on top of that, for what would take this process with it: see `MAX_VALUES` and
 * `hasTooManyMarks`. Throws TypeError.
 */
export const readCanonical = (encoded: Uint8Array): CanonicalValue => {
  // of a Buffer, `slice` would not be a copy
  const bytes = new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  let at = 0
  let values = 0

  const byte = (): number => bytes[at++] ?? refuse('cut off')

  /** The argument of a head: a number or a length. */
  const argument = (initial: number): number => {
    const info = initial & 31
    if (info < 24) return info
    if (info > 27) return refuse('indefinite or reserved length')
    const size = 1 << (info - 24)
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + byte()
    const smallest = size === 1 ? 24 : 2 ** (4 * size)
    if (value < smallest) return refuse('longer form than need be')
    // in doubles, everything beyond 2^53 comes out as at least 2^53
    return Number.isSafeInteger(value) ? value : refuse('integer beyond 2^53')
  }

  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) return refuse('cut off')
    at += length
    return bytes.subarray(at - length, at)
  }

  const copy = (length: number): Uint8Array => {
    if (length > bytes.length - at) return refuse('cut off')
    at += length
    return bytes.slice(at - length, at)
  }

  const text = (length: number): string => {
    // most text is short and ASCII, which is always in NFC; a decoder's call would cost more than the text
    const short = length <= SHORT_TEXT ? asciiAt(bytes, at, length) : null
    if (short !== null) {
      at += length
      return short
    }
    const decoded = strictUtf8.decode(take(length))
    if (hasTooManyMarks(decoded)) return refuse('too many combining marks in a row')
    return decoded === decoded.normalize('NFC') && !decoded.startsWith('\ufeff') ? decoded : refuse('text not in NFC')
  }

  const map = (count: number, depth: number): ReadonlyMap<number | string, CanonicalValue> => {
    const entries = new Map<number | string, CanonicalValue>()
    let previousFrom = 0
    let previousTo = 0
    for (let i = 0; i < count; i++) {
      const from = at
      const key = value(depth)
      if (typeof key !== 'number' && typeof key !== 'string') return refuse('map key of another type')
      if (i > 0 && !isAscending(bytes, previousFrom, previousTo, from, at)) return refuse('map keys out of order')
      previousFrom = from
      previousTo = at
      entries.set(key, value(depth))
    }
    return entries
  }

  const value = (depth: number): CanonicalValue => {
    if (depth > MAX_DEPTH) return refuse('nested too deeply')
    values += 1
    if (values > MAX_VALUES) return refuse('more values than any of our documents has')
    const initial = byte()
    switch (initial >> 5) {
      case 0:
        return argument(initial)
      case 1: {
        const negative = -1 - argument(initial)
        return Number.isSafeInteger(negative) ? negative : refuse('integer beyond 2^53')
      }
      case 2:
        return copy(argument(initial))
      case 3:
        return text(argument(initial))
      case 4: {
        const count = argument(initial)
        const items: CanonicalValue[] = []
        for (let i = 0; i < count; i++) items.push(value(depth + 1))
        return items
      }
      case 5:
        return map(argument(initial), depth + 1)
      default:
        if (initial === NULL) return null
        if (initial === TRUE || initial === FALSE) return initial === TRUE
        return refuse('tag, float or other simple value')
    }
  }

  const read = value(0)
  return at === bytes.length ? read : refuse('bytes after the value')
}

/** Whether the key at `from` sorts strictly after the one before it, byte by byte. */
const isAscending = (
  bytes: Uint8Array,
  previousFrom: number,
  previousTo: number,
  from: number,
  to: number,
): boolean => {
  const shorter = Math.min(previousTo - previousFrom, to - from)
  for (let i = 0; i < shorter; i++) {
    const difference = (bytes[from + i] as number) - (bytes[previousFrom + i] as number)
    if (difference !== 0) return difference > 0
  }
  return false
}

/** The text that stands there if it is ASCII alone, or null. */
const asciiAt = (bytes: Uint8Array, at: number, length: number): string | null => {
  if (length > bytes.length - at) return null
  // arguments out of a plain array take half the time of those out of a typed one
  const codes = new Array<number>(length)
  for (let i = 0; i < length; i++) {
    const code = bytes[at + i] as number
    if (code > 127) return null
    codes[i] = code
  }
  return Reflect.apply(String.fromCharCode, undefined, codes)
}
