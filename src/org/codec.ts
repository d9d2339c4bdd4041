import { type CanonicalValue, decodeCanonical, encodeCanonical, fromHex, toHex } from '../crypto/index.ts'
import { LanyardError } from '../shared/errors.ts'
import { isPlainLine } from '../shared/text-rules.ts'

/**
 * One description of a structure that writes, reads and bounds it. Writing something out of bounds is the caller's
 * `bad-input`; reading it is a `document-malformed` of whoever made the bytes.
 */
export interface Codec<T> {
  toCanonical(value: T, name: string): CanonicalValue
  fromCanonical(value: unknown, name: string): T
}
export type Decoded<C> = C extends Codec<infer T> ? T : never

const malformed = (name: string, expected: string) =>
  new LanyardError('document-malformed', `'${name}' must be ${expected}`)
const badInput = (name: string, expected: string) => new LanyardError('bad-input', `'${name}' must be ${expected}`)

/** A codec of values that look the same in memory and in CBOR, told by one predicate. */
const plain = <T extends CanonicalValue>(expected: string, accepts: (value: unknown) => boolean): Codec<T> => ({
  toCanonical: (value, name) => {
    if (!accepts(value)) throw badInput(name, expected)
    return value
  },
  fromCanonical: (value, name) => {
    if (!accepts(value)) throw malformed(name, expected)
    return value as T
  },
})

/** A byte string of exactly `size` bytes. */
export const bytes = (size: number): Codec<Uint8Array> =>
  plain(`${size} bytes`, value => value instanceof Uint8Array && value.length === size)

/** A byte string of at most `max` bytes: another encoding inside this one. */
export const blob = (max: number): Codec<Uint8Array> =>
  plain(`at most ${max} bytes`, value => value instanceof Uint8Array && value.length <= max)

export const integer = (min: number, max: number): Codec<number> =>
  plain(
    `an integer from ${min} to ${max}`,
    value => typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max,
  )

export const boolean: Codec<boolean> = plain('true or false', value => typeof value === 'boolean')

/** One fixed value: the format number of a document, the mark of a file. */
export const literal = <const T extends number | string>(only: T): Codec<T> => plain(`${only}`, value => value === only)

/** Milliseconds since 1970, up to the year 9999. */
export const time: Codec<number> = integer(0, 253_402_300_799_999)

/** Versions and numbers that only grow. */
export const counter: Codec<number> = integer(0, 2 ** 48)

/** Text of `min` to `max` UTF-16 units in NFC, on one line; where it may not be empty, it is not of spaces alone either. */
export const text = (min: number, max: number): Codec<string> => {
  const accepts = (value: unknown): value is string =>
    typeof value === 'string' &&
    value.length >= min &&
    value.length <= max &&
    (min === 0 || value.trim() !== '') &&
    isPlainLine(value)
  const expected = `text of ${min} to ${max} characters on one line`
  return {
    toCanonical: (value, name) => {
      const normal = typeof value === 'string' ? value.toWellFormed().normalize('NFC') : value
      if (!accepts(normal)) throw badInput(name, expected)
      return normal
    },
    fromCanonical: (value, name) => {
      if (!accepts(value)) throw malformed(name, expected)
      return value
    },
  }
}

/** An id that is lower-case hex in memory and `size` bytes on the wire. */
export const hexId = <Id extends string>(size: number): Codec<Id> => {
  const raw = bytes(size)
  return {
    toCanonical: (value, name) => {
      if (!/^(?:[0-9a-f]{2})+$/.test(value)) throw badInput(name, `${size} bytes in hex`)
      return raw.toCanonical(fromHex(value), name)
    },
    fromCanonical: (value, name) => toHex(raw.fromCanonical(value, name)) as Id,
  }
}

/** One of a few words, written as its number. Numbers once given are never reused. */
export const choice = <const Words extends Readonly<Record<string, number>>>(words: Words): Codec<keyof Words> => {
  const byNumber = new Map<unknown, keyof Words>(Object.entries(words).map(([word, number]) => [number, word]))
  const expected = `one of ${Object.keys(words).join(', ')}`
  return {
    toCanonical: (value, name) => {
      const number = words[value]
      if (number === undefined) throw badInput(name, expected)
      return number
    },
    fromCanonical: (value, name) => {
      const word = byNumber.get(value)
      if (word === undefined) throw malformed(name, expected)
      return word
    },
  }
}

export const nullable = <T>(codec: Codec<T>): Codec<T | null> => ({
  toCanonical: (value, name) => (value === null ? null : codec.toCanonical(value, name)),
  fromCanonical: (value, name) => (value === null ? null : codec.fromCanonical(value, name)),
})

export const arrayOf = <T>(codec: Codec<T>, max: number): Codec<readonly T[]> => ({
  toCanonical: (value, name) => {
    if (value.length > max) throw badInput(name, `at most ${max} entries`)
    return value.map(entry => codec.toCanonical(entry, name))
  },
  fromCanonical: (value, name) => {
    if (!Array.isArray(value) || value.length > max) throw malformed(name, `an array of at most ${max} entries`)
    return value.map(entry => codec.fromCanonical(entry, name))
  },
})

/** A set: an array in strictly ascending order of `keyOf`, so that nothing is in it twice and one set has one encoding. */
export const sortedBy = <T>(codec: Codec<T>, max: number, keyOf: (entry: T) => string): Codec<readonly T[]> => {
  const inOrder = arrayOf(codec, max)
  return {
    toCanonical: (value, name) => {
      const sorted = [...value].sort((a, b) => compareText(keyOf(a), keyOf(b)))
      for (let i = 1; i < sorted.length; i++)
        if (keyOf(sorted[i] as T) === keyOf(sorted[i - 1] as T)) throw badInput(name, 'without duplicates')
      return inOrder.toCanonical(sorted, name)
    },
    fromCanonical: (value, name) => {
      const entries = inOrder.fromCanonical(value, name)
      for (let i = 1; i < entries.length; i++)
        if (keyOf(entries[i] as T) <= keyOf(entries[i - 1] as T)) throw malformed(name, 'sorted and without duplicates')
      return entries
    },
  }
}

/** By UTF-16 units, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A map with small integer keys. Every field is there, no other is. */
export const record = <const Fields extends Readonly<Record<string, readonly [key: number, codec: Codec<unknown>]>>>(
  fields: Fields,
): Codec<{ readonly [Name in keyof Fields]: Decoded<Fields[Name][1]> }> => {
  type Value = { readonly [Name in keyof Fields]: Decoded<Fields[Name][1]> }
  const entries = Object.entries(fields)
  return {
    toCanonical: value => {
      const map = new Map<number, CanonicalValue>()
      for (const [name, [key, codec]] of entries) map.set(key, codec.toCanonical(value[name], name))
      return map
    },
    fromCanonical: (value, name) => {
      if (!(value instanceof Map) || value.size !== entries.length)
        throw malformed(name, `a map of ${entries.length} fields`)
      const result: Record<string, unknown> = {}
      for (const [field, [key, codec]] of entries) result[field] = codec.fromCanonical(value.get(key), field)
      return result as Value
    },
  }
}

/**
 * An array with a fixed place for each field after a number that tells its kind: for what there are thousands of. No
 * keys on the wire, and read twice as fast as a map.
 */
export const row = <const Fields extends Readonly<Record<string, Codec<unknown>>>>(
  kind: number,
  fields: Fields,
): Codec<{ readonly [Name in keyof Fields]: Decoded<Fields[Name]> }> => {
  type Value = { readonly [Name in keyof Fields]: Decoded<Fields[Name]> }
  const entries = Object.entries(fields)
  const length = 1 + entries.length
  return {
    toCanonical: value => [kind, ...entries.map(([name, codec]) => codec.toCanonical(value[name], name))],
    fromCanonical: (value, name) => {
      if (!Array.isArray(value) || value.length !== length || value[0] !== kind)
        throw malformed(name, `an array of ${length} that begins with ${kind}`)
      const result: Record<string, unknown> = {}
      let place = 1
      for (const [field, codec] of entries) result[field] = codec.fromCanonical(value[place++], field)
      return result as Value
    },
  }
}

/** An array of fixed length, for small pairs. */
export const tuple = <const Codecs extends readonly Codec<unknown>[]>(
  ...codecs: Codecs
): Codec<{ readonly [I in keyof Codecs]: Decoded<Codecs[I]> }> => {
  type Value = { readonly [I in keyof Codecs]: Decoded<Codecs[I]> }
  return {
    toCanonical: (value, name) => codecs.map((codec, i) => codec.toCanonical(value[i], name)),
    fromCanonical: (value, name) => {
      if (!Array.isArray(value) || value.length !== codecs.length) throw malformed(name, `${codecs.length} entries`)
      return codecs.map((codec, i) => codec.fromCanonical(value[i], name)) as unknown as Value
    },
  }
}

/** A codec with its outermost bound: values to canonical bytes and back. */
export interface DocumentCodec<T> {
  /** Throws `bad-input`. */
  encode(value: T): Uint8Array<ArrayBuffer>
  /** Throws `document-malformed`, `document-too-large`. */
  decode(bytes: Uint8Array): T
}

export const documentOf = <T>(codec: Codec<T>, name: string, maxBytes: number): DocumentCodec<T> => ({
  encode: value => {
    const encoded = encodeCanonical(codec.toCanonical(value, name))
    if (encoded.length > maxBytes) throw badInput(name, `at most ${maxBytes} bytes when encoded`)
    return encoded
  },
  decode: encoded => codec.fromCanonical(decodeCanonical(encoded, { maxBytes }), name),
})
