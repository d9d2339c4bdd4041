import { decode, encode, rfc8949EncodeOptions } from 'cborg'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex } from '../../../src/crypto/bytes.ts'
import { encodeCanonical } from '../../../src/crypto/canonical.ts'
import { type CanonicalValue, readCanonical } from '../../../src/crypto/canonical-reader.ts'

/** Text as it comes out again. */
const normal = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/^\uFEFF+/, '')

const { value } = fc.letrec<{ value: CanonicalValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.integer({ min: -300, max: 70_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'binary' }).map(normal),
    fc.string({ minLength: 120, maxLength: 140 }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }).map(normal)), tie('value')), {
        maxLength: 5,
      })
      .map(entries => new Map(entries)),
  ),
}))

const strictly = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
}

/** The long way: decode with the library, encode again, compare. */
const readTheLongWay = (bytes: Uint8Array): unknown => {
  const decoded: unknown = decode(bytes, strictly)
  refuseStrange(decoded)
  if (Buffer.compare(encode(decoded, rfc8949EncodeOptions), bytes) !== 0) throw new TypeError('not canonical')
  return decoded
}

/** What the library reads and Lanyard does not carry. */
const refuseStrange = (decoded: unknown): void => {
  if (typeof decoded === 'string' && decoded !== normal(decoded)) throw new TypeError('text not in NFC')
  if (typeof decoded === 'number' && !Number.isSafeInteger(decoded)) throw new TypeError('not a safe integer')
  if (Array.isArray(decoded)) decoded.forEach(refuseStrange)
  if (decoded instanceof Map)
    for (const [key, inside] of decoded) {
      if (typeof key !== 'number' && typeof key !== 'string') throw new TypeError('strange key')
      refuseStrange(key)
      refuseStrange(inside)
    }
}

const verdict = (read: () => unknown): unknown => {
  try {
    return { accepted: read() }
  } catch {
    return 'refused'
  }
}

test('everything comes back as it was written', () => {
  fc.assert(
    fc.property(value, written => {
      expect(readCanonical(encodeCanonical(written))).toEqual(written)
    }),
  )
})

test('changed bytes get the same verdict as decoding, encoding again and comparing', () => {
  fc.assert(
    fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, change) => {
      const bytes = encodeCanonical(written)
      const at = place % bytes.length
      bytes[at] = (bytes[at] as number) ^ change
      expect(verdict(() => readCanonical(bytes))).toEqual(verdict(() => readTheLongWay(bytes)))
    }),
    { numRuns: 2_000 },
  )
})

describe('refused', () => {
  test.each([
    ['nothing at all', ''],
    ['bytes after the value', '0000'],
    ['23 with a byte of its own', '1817'],
    ['255 in two bytes', '1900ff'],
    ['65535 in four bytes', '1a0000ffff'],
    ['2^32 - 1 in eight bytes', '1b00000000ffffffff'],
    ['2^53', '1b0020000000000000'],
    ['-2^53', '3b001fffffffffffff'],
    ['2^64 - 1', '1bffffffffffffffff'],
    ['a length beyond the end', '58ff00'],
    ['a count beyond the end', '9affffffff'],
    ['an indefinite array', '9f00ff'],
    ['a reserved length', '1c'],
    ['a float', 'f90000'],
    ['undefined', 'f7'],
    ['a tag', 'c000'],
    ['keys in the wrong order', 'a201000000'],
    ['a key twice', 'a200000000'],
    ['a key of bytes', 'a1410000'],
    ['text that is not UTF-8', '61ff'],
    ['a surrogate in UTF-8', '63eda080'],
    ['text in the decomposed form', '6365cc81'],
    ['a byte order mark', '63efbbbf'],
    ['arrays in arrays without end', '81'.repeat(1_000)],
  ])('%s', (_, hex) => {
    expect(() => readCanonical(fromHex(hex))).toThrow(TypeError)
  })

  test('byte strings are copies, even out of a Buffer', () => {
    const source = Buffer.from('4101', 'hex')
    const read = readCanonical(source)
    source.fill(0)
    expect(read).toEqual(new Uint8Array([1]))
  })
})
