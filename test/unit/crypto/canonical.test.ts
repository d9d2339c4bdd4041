import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CanonicalValue,
  concatBytes,
  decodeCanonical,
  encodeCanonical,
  fromHex,
  utf8,
} from '../../../src/crypto/index.ts'

const decode = (bytes: Uint8Array) => decodeCanonical(bytes, { maxBytes: 100_000 })

const leaf = fc.oneof(
  fc.maxSafeInteger(),
  fc.string({ unit: 'grapheme' }).map(text => text.normalize('NFC').replace(/^\uFEFF+/, '')),
  fc.uint8Array({ maxLength: 40 }),
  fc.boolean(),
  fc.constant(null),
)

const { value } = fc.letrec<{ value: CanonicalValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(fc.maxSafeInteger(), tie('value')), { maxLength: 5 }).map(entries => new Map(entries)),
  ),
}))

describe('canonical CBOR', () => {
  test('every value comes back as it was, and has one encoding', () => {
    fc.assert(
      fc.property(value, one => {
        const bytes = encodeCanonical(one)
        const back = decode(bytes)
        expect(back).toEqual(Object.is(one, -0) ? 0 : one)
        expect(encodeCanonical(back as CanonicalValue)).toEqual(bytes)
      }),
    )
  })

  test('map keys are written in bytewise order', () => {
    const entries: ReadonlyArray<[number, number]> = [
      [300, 1],
      [-1, 2],
      [5, 3],
    ]
    expect(encodeCanonical(new Map(entries))).toEqual(fromHex('a305031901' + '2c012002'))
    expect(encodeCanonical(new Map(entries.toReversed()))).toEqual(encodeCanonical(new Map(entries)))
  })

  test.each([
    ['integer in a longer form', '1801'],
    ['float form of an integer', 'f93c00'],
    ['float', 'fb3ff8000000000000'],
    ['negative zero', 'f98000'],
    ['not a number', 'f97e00'],
    ['integer beyond 2^53', '1bffffffffffffffff'],
    ['indefinite array', '9f01ff'],
    ['indefinite bytes', '5f4101ff'],
    ['tag', 'c001'],
    ['undefined', 'f7'],
    ['simple value', 'f8ff'],
    ['keys out of order', 'a205010102'],
    ['key twice', 'a201010102'],
    ['bad UTF-8', '62c328'],
    ['text not in NFC', '6365cc81'],
    ['byte order mark', '63efbbbf'],
    ['bytes after the end', '0101'],
    ['nothing at all', ''],
    ['cut short', '8201'],
    ['array longer than memory', '9bffffffffffff'],
    ['bytes longer than the input', '5affffffff00'],
  ])('refuses %s', (_, hex) => {
    expect(() => decode(fromHex(hex))).toThrow(expect.objectContaining({ code: 'document-malformed' }))
  })

  test('refuses nesting that would exhaust the stack, and what is too large', () => {
    expect(() => decode(new Uint8Array(90_000).fill(0x81))).toThrow(
      expect.objectContaining({ code: 'document-malformed' }),
    )
    expect(() => decodeCanonical(new Uint8Array(11), { maxBytes: 10 })).toThrow(
      expect.objectContaining({ code: 'document-too-large' }),
    )
  })

  test('refuses a megabyte of empty maps, each of which would take 200 bytes', () => {
    const head = Uint8Array.of(0x9a, 0, 0x10, 0, 0)
    const maps = new Uint8Array(0x10_0000).fill(0xa0)
    expect(() => decodeCanonical(concatBytes(head, maps), { maxBytes: 2 ** 24 })).toThrow(
      expect.objectContaining({ code: 'document-malformed' }),
    )
  })

  test('refuses text whose marks would take days to bring into order', () => {
    const marks = utf8(`a${'\u0301\u0316'.repeat(2 ** 19)}`)
    const head = Uint8Array.of(0x7a, ...new Uint8Array(Uint32Array.of(marks.length).buffer).toReversed())
    expect(() => decodeCanonical(concatBytes(head, marks), { maxBytes: 2 ** 24 })).toThrow(
      expect.objectContaining({ code: 'document-malformed' }),
    )
    const vietnamese = 'e\u0323\u0302'.repeat(1_000).normalize('NFC')
    expect(decode(encodeCanonical(vietnamese))).toBe(vietnamese)
  })

  test('random bytes are refused or are canonical', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        try {
          expect(encodeCanonical(decode(bytes) as CanonicalValue)).toEqual(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'document-malformed' })
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('what it does not carry is a bug of the caller', () => {
    for (const bug of [1.5, Number.NaN, 2 ** 53, undefined, 5n, { a: undefined }])
      expect(() => encodeCanonical(bug as CanonicalValue)).toThrow(TypeError)
  })

  test('text is brought to NFC, without a byte order mark', () => {
    expect(decode(encodeCanonical('\uFEFFe\u0301'))).toBe('\u00e9')
  })

  test('decoded bytes are copies', () => {
    const bytes = encodeCanonical([new Uint8Array(4)])
    const [inner] = decode(bytes) as [Uint8Array]
    bytes.fill(9)
    expect(inner).toEqual(new Uint8Array(4))
  })
})
