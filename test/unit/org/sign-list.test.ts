import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyBundle,
  encodeBundle,
  issueFreshness,
  prepareList,
  publishList,
  signList,
  type TrustedState,
} from '../../../src/org/index.ts'
import { actor, adding, DAY, expectRefused, found, MONDAY, newSeed, provider, publish, updated } from './actors.ts'
import { anyEdits, byHand } from './edits.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const emma = actor('Emma')
const { trusted: alone, adminSeed, freshnessSeed } = found(alice)
const withBob = publish(alone, adding(bob), [adminSeed])
const NOW = MONDAY + DAY

/** As another device has it that only gets the bundle. */
const byBundle = (before: TrustedState, after: TrustedState) =>
  updated(applyBundle(provider, before, encodeBundle(after), NOW))

test('what an administrator takes over is to the byte what everybody else reads in the bundle', () => {
  fc.assert(
    fc.property(anyEdits, script => {
      const draft = signList(
        provider,
        prepareList(provider, withBob, { edits: byHand(withBob, script) }, NOW),
        adminSeed,
      )
      const published = updated(publishList(provider, withBob, draft, NOW))
      expect(byBundle(withBob, published)).toEqual(published)
    }),
    { numRuns: 50 },
  )
})

test('of a new list nothing is read again that stays as it was', () => {
  const published = publish(withBob, adding(emma), [adminSeed], NOW)
  const before = new Set(withBob.leaves)
  expect(published.leaves.filter(leaf => before.has(leaf))).toHaveLength(withBob.leaves.length)
  const vouched = updated(issueFreshness(provider, published, freshnessSeed, NOW, { joinsUntil: 0 }))
  expect(vouched.leaves).toBe(published.leaves)
  expect(vouched.tree).toBe(published.tree)
})

test('a draft whose people, policy or signature are not those of its header is refused', () => {
  const draft = signList(provider, prepareList(provider, withBob, { edits: adding(emma) }, NOW), adminSeed)
  const other = prepareList(provider, withBob, { edits: adding(actor('Mallory')) }, NOW)
  const more = prepareList(provider, publish(withBob, adding(emma), [adminSeed]), { edits: adding(actor('X')) }, NOW)
  expectRefused(publishList(provider, withBob, { ...other, header: draft.header }, NOW), 'merkle-mismatch')
  expectRefused(publishList(provider, withBob, { ...more, header: draft.header }, NOW), 'count-mismatch')
  expectRefused(publishList(provider, withBob, { ...draft, policy: new Uint8Array(9) }, NOW), 'policy-mismatch')
  expectRefused(publishList(provider, withBob, signList(provider, other, newSeed()), NOW), 'key-unknown')
})
