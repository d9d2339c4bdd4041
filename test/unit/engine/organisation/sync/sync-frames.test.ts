import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeCanonical } from '../../../../../src/crypto/index.ts'
import { decodeHelloPayload, encodeHelloPayload } from '../../../../../src/engine/organisation/sync/hello.ts'
import {
  decodeSyncAnswer,
  decodeSyncFrame,
  encodeSyncFrame,
  type SyncFrame,
} from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import { encodeVersions, type Versions } from '../../../../../src/org/index.ts'
import { isLanyardError } from '../../../../../src/shared/errors.ts'
import type { NoticeId, PhotoHash, ProposalId } from '../../../../../src/shared/ids.ts'

const versions: Versions = {
  format: 1,
  root: 1,
  list: 7,
  listHash: 'ab'.repeat(32),
  freshness: 1_700_000_000_000,
  order: 0,
  notices: '01'.repeat(8),
  proposals: '00'.repeat(8),
}
const requests: SyncFrame[] = [
  { kind: 'versions', versions },
  { kind: 'bundle-wanted' },
  { kind: 'bundle', bundle: new Uint8Array([1, 2, 3]) },
  { kind: 'delta-wanted', base: { rootVersion: 1, listVersion: 7, listHash: 'cd'.repeat(32) } },
  { kind: 'delta', delta: new Uint8Array([1]) },
  { kind: 'history-wanted', listHash: 'ab'.repeat(32) },
  { kind: 'history', steps: [new Uint8Array([1]), new Uint8Array([2, 3])] },
  { kind: 'notice-ids', ids: ['0a'.repeat(16) as NoticeId] },
  { kind: 'notices', notices: [new Uint8Array([4])], lacking: ['0b'.repeat(16) as NoticeId] },
  { kind: 'notices-lacking', notices: [new Uint8Array([5])] },
  { kind: 'proposal-ids', held: [{ id: '0c'.repeat(32) as ProposalId, signers: ['0d'.repeat(32)] }] },
  { kind: 'proposals', proposals: [new Uint8Array([6])] },
  { kind: 'photos-wanted', hashes: ['0e'.repeat(32) as PhotoHash] },
  { kind: 'photos', photos: [new Uint8Array([7])] },
]

test('what one device says another reads', () => {
  const hello = { versions, time: 1_700_000_000_123 }
  expect(decodeHelloPayload(encodeHelloPayload(hello))).toEqual(hello)
  for (const request of requests) expect(decodeSyncFrame(encodeSyncFrame(request))).toEqual(request)
})

test('a hello stays as small as two devices that meet often want it', () => {
  expect(encodeHelloPayload({ versions, time: 1_700_000_000_123 }).length).toBeLessThanOrEqual(100)
})

test('an answer to another question is no answer', () => {
  const answer = encodeSyncFrame({ kind: 'versions', versions })
  expect(() => decodeSyncAnswer(answer, 'bundle')).toThrowError(expect.objectContaining({ code: 'document-malformed' }))
})

const hostile: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['a number', encodeCanonical(1)],
  ['an unknown type', encodeCanonical([99, encodeVersions(versions)])],
  ['an id too short', encodeCanonical([8, [new Uint8Array(15)]])],
  ['more pictures than may be asked for', encodeCanonical([13, Array(5).fill(new Uint8Array(32))])],
  ['a notice that is too large', encodeCanonical([10, [new Uint8Array(4097)]])],
  ['more notices than a device carries', encodeCanonical([8, Array(1001).fill(new Uint8Array(16))])],
  ['a field too many', encodeCanonical([2, 1])],
  ['a field too few', encodeCanonical([1])],
  ['a text for bytes', encodeCanonical([1, 'versions', 5])],
  ['a time before 1970', encodeCanonical([1, encodeVersions(versions), -1])],
  ['a time that is none', encodeCanonical([1, encodeVersions(versions), null])],
  ['another format', encodeCanonical([2, encodeVersions(versions), 5])],
  ['far too much', new Uint8Array(2_000)],
]

test.each(hostile)('%s is refused by name', (_, bytes) => {
  for (const decode of [decodeHelloPayload, decodeSyncFrame])
    expect(() => decode(bytes)).toThrowError(expect.objectContaining({ name: 'LanyardError' }))
})

test('random bytes never do more than be refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      for (const decode of [decodeHelloPayload, decodeSyncFrame])
        try {
          decode(bytes)
        } catch (error) {
          expect(isLanyardError(error)).toBe(true)
        }
    }),
  )
})
