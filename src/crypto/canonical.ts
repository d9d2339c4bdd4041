import { encode, rfc8949EncodeOptions, Token, Type } from 'cborg'
import { LanyardError } from '../shared/errors.ts'
import { type CanonicalValue, readCanonical } from './canonical-reader.ts'

export type { CanonicalValue }

const refuse = (what: string) => (): never => {
  throw new TypeError(`Canonical CBOR carries no ${what}`)
}

const encodeOptions = {
  ...rfc8949EncodeOptions,
  typeEncoders: {
    number: (value: number) => {
      if (!Number.isSafeInteger(value)) throw new TypeError(`Canonical CBOR carries safe integers only, not ${value}`)
      return new Token(value < 0 ? Type.negint : Type.uint, value + 0)
    },
    // a leading byte order mark does not survive decoding
    string: (value: string) =>
      new Token(
        Type.string,
        value
          .toWellFormed()
          .normalize('NFC')
          .replace(/^\uFEFF+/, ''),
      ),
    undefined: refuse('undefined'),
    bigint: refuse('bigint'),
  },
}

/**
 * RFC 8949 section 4.2.1 core deterministic encoding: shortest forms, definite lengths, map keys in bytewise order.
 * Text is brought to NFC, without a leading byte order mark. Throws TypeError on what the encoding does not carry (a bug
 * of the caller).
 */
export const encodeCanonical = (value: CanonicalValue): Uint8Array<ArrayBuffer> =>
  // a plain array of its own: under Node the library answers with a slice of Buffer's common pool
  new Uint8Array(encode(value, encodeOptions))

/**
 * Accepts exactly what `encodeCanonical` writes: anything else (other order, longer forms, floats, trailing bytes)
 * is refused, so that one value has one encoding. Maps come back as `Map`, byte strings as copies.
 * Throws `document-too-large` over `maxBytes` and `document-malformed`.
 */
export const decodeCanonical = (bytes: Uint8Array, { maxBytes }: { maxBytes: number }): unknown => {
  if (bytes.length > maxBytes)
    throw new LanyardError('document-too-large', `${bytes.length} bytes where at most ${maxBytes} are allowed`)
  try {
    return readCanonical(bytes)
  } catch (cause) {
    throw new LanyardError('document-malformed', 'Not canonical CBOR', { cause })
  }
}
