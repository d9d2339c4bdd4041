import { expect, test } from 'vitest'
import { encodeCanonical } from '../../../src/crypto/index.ts'
import { decodeFile, encodeFile, type FileKind } from '../../../src/org/index.ts'
import { LanyardError } from '../../../src/shared/errors.ts'
import { MAX_BUNDLE_BYTES } from '../../../src/shared/limits.ts'

const payload = new Uint8Array([1, 2, 3])

test.each<FileKind>(['bundle', 'proposal', 'invitation', 'notices'])('a file with a %s in it', kind => {
  expect(decodeFile(encodeFile(kind, payload))).toEqual({ kind, payload })
})

test('every Lanyard file begins alike, and the largest bundle goes in', () => {
  const [small, large] = [encodeFile('bundle', payload), encodeFile('bundle', new Uint8Array(MAX_BUNDLE_BYTES))]
  expect(small.subarray(0, 9)).toEqual(large.subarray(0, 9))
  expect(decodeFile(large).payload.length).toBe(MAX_BUNDLE_BYTES)
})

test('anything else is refused, and never crashes', () => {
  const hostile = [
    new Uint8Array(),
    new TextEncoder().encode('lanyard'),
    encodeCanonical(['lanyard', 5, payload]),
    encodeCanonical(['lanyard', 0, payload]),
    encodeCanonical(['Lanyard', 1, payload]),
    encodeCanonical(['lanyard', 1, payload, payload]),
    encodeCanonical(['lanyard', 1, 'bundle']),
    new Uint8Array(MAX_BUNDLE_BYTES + 65),
  ]
  for (const bytes of hostile) expect(() => decodeFile(bytes)).toThrow(LanyardError)
  expect(() => decodeFile(new Uint8Array(MAX_BUNDLE_BYTES + 65))).toThrow(
    expect.objectContaining({ code: 'document-too-large' }),
  )
})
