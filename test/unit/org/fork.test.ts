import { expect, test } from 'vitest'
import { signedHeader } from '../../../src/org/documents/contact-list.ts'
import { signedRoot } from '../../../src/org/documents/root-chain.ts'
import { keyId } from '../../../src/org/documents/signed.ts'
import { compareVersions, decodeTrusted, encodeTrusted, listStatus, versionsOf } from '../../../src/org/index.ts'
import { MAX_FORKS, MAX_ROOT_BYTES, MAX_SIGNATURES } from '../../../src/org/limits.ts'
import {
  actor,
  adding,
  DAY,
  expectRefused,
  found,
  HOUR,
  MONDAY,
  provider,
  publish,
  receive,
  updated,
  withFreshness,
  withHeader,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const carol = actor('Carol')
const { trusted: first, adminSeed, freshnessSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])
const withCarol = publish(first, adding(carol), [adminSeed])

test('two lists of one version are a fork: refused, and both headers are kept', () => {
  expect(compareVersions(versionsOf(withBob), versionsOf(withCarol))).toBe('fork')
  const trusted = expectRefused(receive(withBob, withCarol), 'fork')
  expect(trusted.list).toBe(withBob.list)
  expect(trusted.forks).toEqual([
    {
      document: 'contacts',
      version: 2,
      trusted: signedHeader.encode(withBob.list.signed),
      contradicting: signedHeader.encode(withCarol.list.signed),
      noticedAt: MONDAY + 2 * HOUR,
    },
  ])
  expect(listStatus(trusted, MONDAY + 2 * HOUR).isForked).toBe(true)
})

test('evidence is kept once, survives a restart, and never outgrows its bound', () => {
  const once = receive(withBob, withCarol).trusted
  expect(receive(once, withCarol).trusted.forks).toHaveLength(1)
  expect(decodeTrusted(provider, encodeTrusted(once)).forks).toEqual(once.forks)
  let trusted = withBob
  for (let i = 0; i < MAX_FORKS + 3; i++)
    trusted = receive(trusted, withHeader(withCarol, { issued: MONDAY + HOUR + i + 1 }, adminSeed)).trusted
  expect(trusted.forks).toHaveLength(MAX_FORKS)
})

test('a contradiction that nobody signed raises no alarm', () => {
  const trusted = expectRefused(receive(withBob, withHeader(withCarol, {})), 'threshold-short')
  expect(trusted.forks).toEqual([])
})

test('the next list, built on the other side of a fork, is taken over; the alarm stays until one more is signed', () => {
  const next = publish(withCarol, adding(bob), [adminSeed], MONDAY + DAY)
  const result = receive(withBob, next, MONDAY + DAY)
  expect(result).toMatchObject({ kind: 'updated', changes: { forks: [{ document: 'contacts', version: 2 }] } })
  expect(result.trusted.list.hash).toBe(next.list.hash)
  expect(listStatus(result.trusted, MONDAY + DAY).isForked).toBe(true)
  const settled = updated(receive(result.trusted, publish(next, [], [adminSeed], MONDAY + 2 * DAY), MONDAY + 2 * DAY))
  expect(listStatus(settled, MONDAY + 2 * DAY).isForked).toBe(false)
  expect(settled.forks).toHaveLength(1)
})

test('a freshness statement that names another list of this version is evidence as well', () => {
  const bundle = withFreshness(withBob, { listHash: withCarol.list.hash }, freshnessSeed)
  const trusted = expectRefused(receive(withBob, bundle), 'fork')
  expect(trusted.forks).toMatchObject([{ document: 'freshness', version: 2 }])
})

test('two of the largest roots, signed by as many as can, are kept as evidence', () => {
  const signatures = Array.from({ length: MAX_SIGNATURES }, (_, i) => ({
    key: keyId.fromCanonical(new Uint8Array(32).fill(i), 'key'),
    signature: new Uint8Array(64),
  }))
  const largest = signedRoot.encode({ document: new Uint8Array(MAX_ROOT_BYTES), signatures })
  const evidence = { version: 2, trusted: largest, contradicting: largest, noticedAt: MONDAY } as const
  const forked = { ...withBob, forks: [{ document: 'root' as const, ...evidence }] }
  expect(decodeTrusted(provider, encodeTrusted(forked)).forks).toEqual(forked.forks)
})

test('what a fork is built on does not matter once a newer list was taken over', () => {
  const third = publish(withBob, adding(carol), [adminSeed], MONDAY + DAY)
  expectRefused(receive(third, withCarol, MONDAY + DAY), 'rollback')
  expect(updated(receive(withBob, third, MONDAY + DAY)).forks).toEqual([])
})
