import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeCanonical } from '../../../../src/crypto/index.ts'
import { decodeHelloPayload, encodeHelloPayload } from '../../../../src/engine/organisation/hello.ts'
import {
  decodeSyncAnswer,
  decodeSyncRequest,
  encodeSyncRequest,
  type SyncRequest,
} from '../../../../src/engine/organisation/sync-request.ts'
import { encodeVersions, type Versions } from '../../../../src/org/index.ts'
import { isLanyardError } from '../../../../src/shared/errors.ts'

const versions: Versions = {
  format: 1,
  root: 1,
  list: 7,
  listHash: 'ab'.repeat(32),
  freshness: 1_700_000_000_000,
  order: 0,
}
const requests: SyncRequest[] = [
  { kind: 'versions', versions },
  { kind: 'bundle-wanted' },
  { kind: 'bundle', bundle: new Uint8Array([1, 2, 3]) },
]

test('what one device says another reads', () => {
  const hello = { versions, time: 1_700_000_000_123 }
  expect(decodeHelloPayload(encodeHelloPayload(hello))).toEqual(hello)
  for (const request of requests) expect(decodeSyncRequest(encodeSyncRequest(request))).toEqual(request)
})

test('a hello stays as small as two devices that meet often want it', () => {
  expect(encodeHelloPayload({ versions, time: 1_700_000_000_123 }).length).toBeLessThanOrEqual(100)
})

test('an answer to another question is no answer', () => {
  const answer = encodeSyncRequest({ kind: 'versions', versions })
  expect(() => decodeSyncAnswer(answer, 'bundle')).toThrowError(expect.objectContaining({ code: 'document-malformed' }))
})

const hostile: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['a number', encodeCanonical(1)],
  ['an unknown type', encodeCanonical([9, encodeVersions(versions)])],
  ['a field too many', encodeCanonical([2, 1])],
  ['a field too few', encodeCanonical([1])],
  ['a text for bytes', encodeCanonical([1, 'versions', 5])],
  ['a time before 1970', encodeCanonical([1, encodeVersions(versions), -1])],
  ['a time that is none', encodeCanonical([1, encodeVersions(versions), null])],
  ['another format', encodeCanonical([2, encodeVersions(versions), 5])],
  ['far too much', new Uint8Array(2_000)],
]

test.each(hostile)('%s is refused by name', (_, bytes) => {
  for (const decode of [decodeHelloPayload, decodeSyncRequest])
    expect(() => decode(bytes)).toThrowError(expect.objectContaining({ name: 'LanyardError' }))
})

test('random bytes never do more than be refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      for (const decode of [decodeHelloPayload, decodeSyncRequest])
        try {
          decode(bytes)
        } catch (error) {
          expect(isLanyardError(error)).toBe(true)
        }
    }),
  )
})
