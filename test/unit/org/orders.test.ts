import { expect, test } from 'vitest'
import { fromHex } from '../../../src/crypto/index.ts'
import { bundleOf } from '../../../src/org/bundle.ts'
import { decodeTrusted, encodeTrusted, versionsOf } from '../../../src/org/index.ts'
import { type Order, orderDocument } from '../../../src/org/orders.ts'
import {
  actor,
  adding,
  DAY,
  expectRefused,
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
  expect(receive(heard, order({ number: 7 }))).toEqual({ kind: 'unchanged', trusted: heard })
  expect(updated(receive(heard, order({ number: 8 }))).orders.map(({ value }) => value.number)).toEqual([7, 8])
  expect(receive(trusted, heard)).toMatchObject({ kind: 'updated' })
  expect(decodeTrusted(provider, encodeTrusted(heard)).orders).toEqual(heard.orders)
})

test('an order that ran out is dropped without a word', () => {
  expect(receive(trusted, order({}), MONDAY + DAY)).toEqual({ kind: 'unchanged', trusted })
})

test('an order of Mallory’s making is refused', () => {
  expectRefused(receive(trusted, order({}, newSeed())), 'key-unknown')
  expectRefused(receive(trusted, order({}, freshnessSeed)), 'key-wrong-role')
  expectRefused(receive(trusted, order({ organisation: found(bob).trusted.organisationId })), 'wrong-organisation')
  expectRefused(receive(trusted, order({ issued: MONDAY + 2 * DAY, expires: MONDAY + 3 * DAY })), 'issued-in-future')
  expectRefused(receive(trusted, order({ rootVersion: 2 })), 'root-missing')
  expectRefused(receive(trusted, order({ target: new Uint8Array(16) })), 'malformed')
  expectRefused(receive(trusted, order({ expires: MONDAY - HOUR })), 'malformed')
})
