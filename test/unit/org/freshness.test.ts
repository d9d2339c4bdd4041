import { describe, expect, test } from 'vitest'
import { encodeBundle, issueFreshness, listStatus, trustFirstBundle } from '../../../src/org/index.ts'
import {
  actor,
  adding,
  DAY,
  expectRefused,
  expectUnchanged,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  receive,
  rotate,
  updated,
  withFreshness,
  withRole,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const { trusted: first, adminSeed, freshnessSeed, rootSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])

describe('how fresh a list is', () => {
  test('a signed list is fresh for a week by itself', () => {
    expect(listStatus(withBob, MONDAY + 6 * DAY)).toMatchObject({ freshness: 'fresh', people: 2, threshold: 1 })
    expect(listStatus(withBob, MONDAY + 8 * DAY).freshness).toBe('stale')
  })

  test('a later statement prolongs it, and travels with the bundle', () => {
    const vouched = updated(issueFreshness(provider, withBob, freshnessSeed, MONDAY + 5 * DAY, { joinsUntil: 0 }))
    const heard = updated(receive(withBob, vouched, MONDAY + 5 * DAY))
    expect(listStatus(heard, MONDAY + 8 * DAY)).toMatchObject({ freshness: 'fresh', confirmedAt: MONDAY + 5 * DAY })
    expect(listStatus(heard, MONDAY + 13 * DAY).freshness).toBe('stale')
  })

  test('a statement about an older list does not vouch for this one', () => {
    const vouched = updated(issueFreshness(provider, first, freshnessSeed, MONDAY + 5 * DAY, { joinsUntil: 0 }))
    const both = updated(receive(vouched, withBob, MONDAY + 5 * DAY))
    const { freshness, confirmedAt, signedAt } = listStatus(both, MONDAY + 8 * DAY)
    expect({ freshness, confirmedAt }).toEqual({ freshness: 'stale', confirmedAt: signedAt })
  })

  test('a statement about a newer list says that this one is not the newest', () => {
    const bundle = withFreshness(withBob, { listVersion: 3, listHash: first.list.hash }, freshnessSeed)
    expect(listStatus(updated(receive(withBob, bundle)), MONDAY + 2 * HOUR).freshness).toBe('stale')
  })

  test('a list that has run out is used on, and the person is told', () => {
    expect(listStatus(withBob, MONDAY + 366 * DAY).freshness).toBe('expired')
  })
})

describe('Mallory serves a statement', () => {
  test('signed with her key, or with the administrator’s contacts key', () => {
    expectRefused(receive(withBob, withFreshness(withBob, {}, newSeed())), 'key-unknown')
    expectRefused(receive(withBob, withFreshness(withBob, {}, adminSeed)), 'key-wrong-role')
  })

  test('that is to last longer than seven days', () => {
    const bundle = withFreshness(withBob, { expires: MONDAY + 30 * DAY }, freshnessSeed)
    expectRefused(receive(withBob, bundle), 'lifetime-too-long')
  })

  test('that somebody is expected for ever: everybody would hand that on, and let strangers knock', () => {
    const bundle = withFreshness(withBob, { joinsUntil: MONDAY + 3650 * DAY }, freshnessSeed)
    expectRefused(receive(withBob, bundle), 'lifetime-too-long')
    const forever = issueFreshness(provider, withBob, freshnessSeed, MONDAY + HOUR, { joinsUntil: MONDAY + 3650 * DAY })
    expect(updated(forever).freshness?.value.joinsUntil).toBe(MONDAY + HOUR + 90 * DAY)
  })

  test('dated in the future, or of another organisation, or of an unknown root', () => {
    const future = { issued: MONDAY + 9 * DAY, expires: MONDAY + 10 * DAY }
    expectRefused(receive(withBob, withFreshness(withBob, future, freshnessSeed)), 'issued-in-future')
    const organisation = found(actor('Mallory')).trusted.organisationId
    expectRefused(receive(withBob, withFreshness(withBob, { organisation }, freshnessSeed)), 'wrong-organisation')
    expectRefused(receive(withBob, withFreshness(withBob, { rootVersion: 2 }, freshnessSeed)), 'root-missing')
  })

  test('that is older: nothing new, and no offence', () => {
    const vouched = updated(issueFreshness(provider, withBob, freshnessSeed, MONDAY + 5 * DAY, { joinsUntil: 0 }))
    expectUnchanged(receive(vouched, withBob, MONDAY + 5 * DAY), vouched)
  })

  test('that is later and knows less: rollback', () => {
    const vouched = updated(issueFreshness(provider, withBob, freshnessSeed, MONDAY + HOUR, { joinsUntil: 0 }))
    const less = { listVersion: 1, listHash: first.list.hash, issued: MONDAY + 2 * HOUR }
    expectRefused(receive(vouched, withFreshness(vouched, less, freshnessSeed)), 'rollback')
  })

  test('that is false, with a list that is right: the list is kept', () => {
    const trusted = expectRefused(receive(first, withFreshness(withBob, {}, newSeed())), 'key-unknown')
    expect(trusted.list.header.version).toBe(2)
  })
})

describe('Mallory has stolen the freshness key and counts up to the end', () => {
  const claim = { listVersion: 2 ** 48, issued: MONDAY + 2 * HOUR, expires: MONDAY + 7 * DAY }
  const deceived = updated(receive(withBob, withFreshness(withBob, claim, freshnessSeed)))
  const newKey = newSeed()
  const role = { threshold: 1, keys: [keyOf(newKey)] }
  const rotated = rotate(deceived, withRole(deceived.root, 'freshness', role), [rootSeed], MONDAY + 3 * HOUR)

  test('until the root names another key: then the truth is heard again', () => {
    expect(listStatus(deceived, MONDAY + 3 * HOUR).freshness).toBe('stale')
    expect(listStatus(rotated, MONDAY + 3 * HOUR).freshness).toBe('fresh')
    const vouched = updated(issueFreshness(provider, rotated, newKey, MONDAY + 4 * HOUR, { joinsUntil: 0 }))
    expect(updated(receive(deceived, vouched, MONDAY + 4 * HOUR)).freshness?.value.listVersion).toBe(2)
  })

  test('and her statement keeps nobody from joining', () => {
    const { organisationId } = rotated
    expect(trustFirstBundle(provider, organisationId, encodeBundle(rotated), MONDAY + 4 * HOUR).people.size).toBe(2)
  })
})
