import { describe, expect, test } from 'vitest'
import { encodeCanonical } from '../../../src/crypto/index.ts'
import { headerDocument, signedHeader } from '../../../src/org/documents/contact-list.ts'
import { rootDocument } from '../../../src/org/documents/root.ts'
import { signedRoot } from '../../../src/org/documents/root-chain.ts'
import {
  encodeForkNotice,
  evidenceOfPair,
  type ForkEvidence,
  type NoticeOf,
  readNotice,
  selectNotices,
  type TrustedState,
  verifyNotice,
  withEvidence,
} from '../../../src/org/index.ts'
import { MAX_FORKS } from '../../../src/org/limits.ts'
import {
  actor,
  adding,
  DAY,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  receive,
  rotate,
  signedBy,
  withFreshness,
  withHeader,
  withRole,
  withRoot,
} from './actors.ts'

const alice = actor('Alice')
const [bob, carol] = [actor('Bob'), actor('Carol')]
const { trusted: first, adminSeed, freshnessSeed, rootSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])
const withCarol = publish(first, adding(carol), [adminSeed])
const NOW = MONDAY + 3 * HOUR

const evidenceIn = ({ forks: [evidence] }: TrustedState): ForkEvidence => {
  if (evidence === undefined) throw new Error('there is no fork')
  return evidence
}
const noticeOf = (evidence: ForkEvidence): NoticeOf<'fork'> => {
  const bytes = encodeForkNotice(evidence)
  if (bytes === null) throw new Error('the evidence does not fit')
  const notice = readNotice(provider, bytes)
  if (notice.kind !== 'fork') throw new Error('not a fork')
  return notice
}
const raw = (document: number, ...envelopes: Uint8Array[]) =>
  readNotice(provider, encodeCanonical([5, document, ...envelopes]))
const verify = (notice: Parameters<typeof verifyNotice>[2], trusted = first, now = NOW) =>
  verifyNotice(provider, trusted, notice, now)
const refused = (reason: string) => expect.objectContaining({ reason })

const lists = evidenceIn(receive(withBob, withCarol).trusted)
const statements = evidenceIn(
  receive(withBob, withFreshness(withBob, { listHash: withCarol.list.hash }, freshnessSeed)).trusted,
)
const renamed = rotate(first, { name: 'Harbour' }, [rootSeed])
const roots = evidenceIn(receive(renamed, withRoot(first, { name: 'Port' }, rootSeed)).trusted)
const jumped = evidenceIn(
  receive(withBob, publish(withCarol, adding(bob), [adminSeed], MONDAY + 2 * HOUR), NOW).trusted,
)

test.each([
  ['two lists of one version', lists],
  ['a list and a statement that names another', statements],
  ['two roots of one version', roots],
  ['a list that follows another one than mine', jumped],
])('%s prove themselves to whoever knows the first root', (_, evidence) => {
  const notice = noticeOf(evidence)
  expect(notice.bytes.length).toBeLessThan(2_048)
  expect(() => verify(notice)).not.toThrow()
  expect(withEvidence([evidence], evidenceOfPair(first, notice.pair, NOW))).toHaveLength(1)
})

test('both sides of a fork say the same, and each keeps its own document as the trusted one', () => {
  const other = evidenceIn(receive(withCarol, withBob).trusted)
  expect(noticeOf(other)).toEqual(noticeOf(lists))
  const { pair } = noticeOf(lists)
  expect(evidenceOfPair(withBob, pair, NOW).trusted).toEqual(signedHeader.encode(withBob.list.signed))
  expect(evidenceOfPair(withCarol, pair, NOW).trusted).toEqual(signedHeader.encode(withCarol.list.signed))
})

test('roots with too many keys for a notice stay where they are', () => {
  const keys = [...first.root.roles.contacts.keys, ...Array.from({ length: 30 }, () => keyOf(newSeed()))].sort()
  const change = withRole(first.root, 'contacts', { keys, threshold: 1 })
  const other = withRoot(first, { ...change, name: 'Port' }, rootSeed)
  const evidence = evidenceIn(receive(rotate(first, change, [rootSeed]), other).trusted)
  expect(encodeForkNotice(evidence)).toBeNull()
})

describe('a forged fork is refused', () => {
  const header = (change: object, ...seeds: Uint8Array[]) =>
    signedHeader.encode(withHeader(withCarol, change, ...seeds).list)
  const own = signedHeader.encode(withBob.list.signed)
  test('with one signature short', () => {
    const two = [adminSeed, newSeed()]
    const trusted = rotate(first, withRole(first.root, 'contacts', { keys: two.map(keyOf).sort(), threshold: 2 }), [
      rootSeed,
    ])
    const full = withHeader(withCarol, { rootVersion: 2 }, ...two).list
    const short = withHeader(withCarol, { rootVersion: 2, issued: MONDAY + 1 }, adminSeed).list
    const notice = noticeOf({
      document: 'contacts',
      version: 2,
      trusted: signedHeader.encode(full),
      contradicting: signedHeader.encode(short),
      noticedAt: NOW,
    })
    expect(() => verify(notice, trusted)).toThrow(refused('threshold-short'))
  })

  test('that is the same document twice', () => {
    expect(() => verify(raw(2, own, own))).toThrow(/the same document twice/)
    const again = signedBy('lanyard/contacts/1', withBob.list.signed.document, adminSeed, newSeed())
    expect(() => verify(raw(2, own, signedHeader.encode(again)))).toThrow(/the same document twice/)
  })

  test('of another organisation', () => {
    const theirs = found(alice).trusted
    expect(() => verify(noticeOf(lists), theirs)).toThrow(expect.objectContaining({ code: 'wrong-organisation' }))
    const foreign = header({ organisation: theirs.organisationId }, adminSeed)
    const pair = [raw(2, own, foreign), raw(2, foreign, own)]
    for (const notice of pair)
      expect(() => verify(notice)).toThrow(expect.objectContaining({ code: 'wrong-organisation' }))
  })

  test('with the keys of another role, or of nobody', () => {
    expect(() => verify(raw(2, own, header({ issued: MONDAY + 1 }, freshnessSeed)))).toThrow(refused('key-wrong-role'))
    expect(() => verify(raw(2, own, header({ issued: MONDAY + 1 }, newSeed())))).toThrow(refused('key-unknown'))
  })

  test('with the documents under each other’s name', () => {
    const { trusted, contradicting } = statements
    expect(() => raw(3, contradicting, trusted)).toThrow(expect.objectContaining({ code: 'document-malformed' }))
    expect(() => raw(2, trusted, contradicting)).toThrow(expect.objectContaining({ code: 'document-malformed' }))
    expect(() => raw(1, own, own)).toThrow(expect.objectContaining({ code: 'document-malformed' }))
    expect(() => raw(4, own, own)).toThrow(expect.objectContaining({ code: 'document-malformed' }))
    const asRoot = signedBy('lanyard/contacts/1', rootDocument.encode(renamed.root), rootSeed)
    const [, known] = renamed.roots
    if (known === undefined) throw new Error('there is no second root')
    const other = { ...asRoot, document: rootDocument.encode({ ...renamed.root, name: 'Port' }) }
    expect(() => verify(raw(1, signedRoot.encode(known), signedRoot.encode(other)))).toThrow(
      refused('signature-invalid'),
    )
  })

  test('whose documents do not contradict each other', () => {
    const later = publish(withBob, adding(carol), [adminSeed], MONDAY + 2 * HOUR)
    const next = signedHeader.encode(later.list.signed)
    expect(() => verify(raw(2, own, next))).toThrow(/do not contradict/)
    expect(() => verify(raw(2, next, own))).toThrow(/do not contradict/)
    const agreeing = withFreshness(withBob, {}, freshnessSeed).freshness
    if (agreeing === null) throw new Error('there is no statement')
    expect(() => verify(raw(3, own, signedHeader.encode(agreeing)))).toThrow(/do not contradict/)
    const far = header({ version: 9 }, adminSeed)
    for (const notice of [raw(2, own, far), raw(2, far, own)]) expect(() => verify(notice)).toThrow(/do not contradict/)
  })

  test('said the other way round', () => {
    const { first: one, second: other } = noticeOf(lists).pair
    expect(() => verify(raw(2, signedHeader.encode(other), signedHeader.encode(one)))).toThrow(/do not contradict/)
  })

  test('signed by a key that a root has taken out: whoever stole it raises no alarm any more', () => {
    const newKey = newSeed()
    const recovered = rotate(first, withRole(first.root, 'contacts', { keys: [keyOf(newKey)], threshold: 1 }), [
      rootSeed,
    ])
    expect(() => verify(noticeOf(lists), recovered)).toThrow(refused('key-wrong-role'))
  })
})

test('evidence is carried until both documents have run out', () => {
  const { until } = noticeOf(lists)
  expect(until).toBe(
    Math.max(...[withBob, withCarol].map(({ list }) => headerDocument.decode(list.signed.document).expires)),
  )
  expect(() => verify(noticeOf(lists), first, until)).toThrow(expect.objectContaining({ code: 'expired' }))
  expect(until).toBeGreaterThan(MONDAY + 300 * DAY)
})

test('of one pair one notice is carried, and no more pairs than a device keeps', () => {
  const others = [adminSeed, newSeed()]
  const again = signedBy('lanyard/contacts/1', withCarol.list.signed.document, ...others)
  const same = noticeOf({ ...lists, contradicting: signedHeader.encode(again) })
  expect(same.id).not.toBe(noticeOf(lists).id)
  expect(selectNotices([noticeOf(lists), same])).toHaveLength(1)
  const flood = Array.from({ length: MAX_FORKS + 5 }, (_, i) => {
    const list = withHeader(withCarol, { issued: MONDAY + i }, adminSeed).list
    return noticeOf({ ...lists, contradicting: signedHeader.encode(list) })
  })
  const kept = selectNotices(flood)
  expect(kept).toHaveLength(MAX_FORKS)
  expect(selectNotices([...flood].reverse())).toEqual(kept)
})
