import { expect, test } from 'vitest'
import { fromHex } from '../../../src/crypto/index.ts'
import { type Order, orderDocument } from '../../../src/org/documents/orders.ts'
import type { SignedBytes } from '../../../src/org/documents/signed.ts'
import { decodeTrusted, encodeTrusted, type RefusalReason, versionsOf } from '../../../src/org/index.ts'
import type { ApplyResult } from '../../../src/org/trust/apply.ts'
import { bundleOf } from '../../../src/org/trust/bundle.ts'
import {
  actor,
  adding,
  DAY,
  detailsOf,
  expectUnchanged,
  found,
  HOUR,
  MONDAY,
  newSeed,
  provider,
  publish,
  receive,
  signedBy,
  updated,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const { trusted: first, adminSeed, freshnessSeed } = found(alice)
const trusted = publish(first, adding(bob), [adminSeed])

const order = (change: Partial<Order>, seed = adminSeed) => {
  const value: Order = {
    format: 1,
    organisation: trusted.organisationId,
    number: 1,
    action: 'erase-device',
    target: fromHex(bob.device.id),
    issued: MONDAY,
    expires: MONDAY + DAY,
    reason: 'Stolen at the station',
    rootVersion: 1,
    ...change,
  }
  return { ...bundleOf(trusted), orders: [signedBy('lanyard/orders/1', orderDocument.encode(value), seed)] }
}

test('an order is verified, kept, counted and handed on', () => {
  const heard = updated(receive(trusted, order({ number: 7 })))
  expect(heard.orders).toMatchObject([{ value: { number: 7, action: 'erase-device' } }])
  expect(versionsOf(heard).order).toBe(7)
  expectUnchanged(receive(heard, order({ number: 7 })), heard)
  expect(updated(receive(heard, order({ number: 8 }))).orders.map(({ value }) => value.number)).toEqual([7, 8])
  expect(receive(trusted, heard)).toMatchObject({ kind: 'updated' })
  expect(decodeTrusted(provider, encodeTrusted(heard)).orders).toEqual(heard.orders)
})

test('an order that ran out is dropped without a word', () => {
  expectUnchanged(receive(trusted, order({}), MONDAY + DAY), trusted)
})

test('an order of Mallory’s making is dropped and named, and does not hold up the list', () => {
  const newer = publish(
    trusted,
    [{ kind: 'put-person', person: { ...detailsOf(alice), title: 'Director' } }],
    [adminSeed],
  )
  const expectDropped = (result: ApplyResult, reason: RefusalReason) => {
    expect(result).toMatchObject({ kind: 'unchanged', droppedOrders: [{ reason }] })
    expect(result.trusted).toBe(trusted)
  }
  expectDropped(receive(trusted, order({}, newSeed())), 'key-unknown')
  expectDropped(receive(trusted, order({}, freshnessSeed)), 'key-wrong-role')
  expectDropped(receive(trusted, order({ organisation: found(bob).trusted.organisationId })), 'wrong-organisation')
  expectDropped(receive(trusted, order({ issued: MONDAY + 2 * DAY, expires: MONDAY + 3 * DAY })), 'issued-in-future')
  expectDropped(receive(trusted, order({ rootVersion: 2 })), 'root-missing')
  expectDropped(receive(trusted, order({ target: new Uint8Array(16) })), 'malformed')
  expectDropped(receive(trusted, order({ expires: MONDAY - HOUR })), 'malformed')

  const [good] = order({ number: 2 }).orders
  const [bad] = order({ number: 1 }, newSeed()).orders
  const result = receive(trusted, { ...bundleOf(newer), orders: [bad as SignedBytes, good as SignedBytes] })
  expect(result).toMatchObject({ kind: 'updated', droppedOrders: [{ reason: 'key-unknown' }] })
  expect(result.trusted.list.hash).toBe(newer.list.hash)
  expect(result.trusted.orders.map(({ value }) => value.number)).toEqual([2])
})

test('of two orders with one number the first counts', () => {
  const [one] = order({ reason: 'Lost' }).orders
  const [other] = order({ reason: 'Found again' }).orders
  const twice = { ...bundleOf(trusted), orders: [one as SignedBytes, other as SignedBytes] }
  expect(updated(receive(trusted, twice)).orders.map(({ value }) => value.reason)).toEqual(['Lost'])
})

test('after four forged orders no more are looked at: each would take time to refuse, and the list comes through', () => {
  const newer = publish(
    trusted,
    [{ kind: 'put-person', person: { ...detailsOf(alice), title: 'Director' } }],
    [adminSeed],
  )
  const forged = Array.from({ length: 20 }, (_, i) => {
    const [signed] = order({ number: i + 1 }).orders as [SignedBytes]
    const signatures = signed.signatures.map(each => ({ ...each, signature: new Uint8Array(64) }))
    return { ...signed, signatures }
  })
  const result = receive(trusted, { ...bundleOf(newer), orders: forged })
  expect(result.kind).toBe('updated')
  expect(result.droppedOrders.map(({ reason }) => reason)).toEqual(Array(4).fill('signature-invalid'))
})
