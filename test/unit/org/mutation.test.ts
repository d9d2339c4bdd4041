import { expect, test } from 'vitest'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import {
  applyBundle,
  decodeTrusted,
  encodeTrusted,
  type TrustedState,
  trustFirstBundle,
} from '../../../src/org/index.ts'
import { bundleDocument, bundleOf } from '../../../src/org/trust/bundle.ts'
import { isLanyardError } from '../../../src/shared/errors.ts'
import { actor, adding, found, HOUR, MONDAY, publish } from './actors.ts'

/** Thousands of signatures are looked at; signed on noble, verified by the native backend where there is one. */
const provider = createNativeProvider()
const alice = actor('Alice')
const bob = actor('Bob')
const { trusted: first, adminSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])
const bytes = bundleDocument.encode(bundleOf(withBob))
const NOW = MONDAY + 2 * HOUR

/** What a device believes after all: who is listed, under which rules, by which root. */
const belief = ({ list, root, policy, freshness }: TrustedState) => [
  list.hash,
  root.version,
  policy.value,
  freshness?.value,
]

/** Every byte once, with one bit flipped; which bit depends on the place, so that all of them are tried. */
const mutations = function* (step = 1) {
  for (let at = 0; at < bytes.length; at += step) {
    const changed = bytes.slice()
    changed[at] = (changed[at] as number) ^ (1 << (at % 8))
    yield { at, changed }
  }
}

test('a bundle with any byte changed is refused or says the same, and never crashes', () => {
  let refused = 0
  for (const { at, changed } of mutations()) {
    const result = applyBundle(provider, first, changed, NOW)
    if (result.kind === 'refused') {
      refused += 1
      // a refusal may keep what came before the fault, and that is true
      expect([first.list.hash, withBob.list.hash], `byte ${at}`).toContain(result.trusted.list.hash)
      expect(result.trusted.forks, `byte ${at}`).toEqual([])
    } else expect(belief(result.trusted), `byte ${at}`).toEqual(belief(withBob))
  }
  expect(refused).toBeGreaterThan(bytes.length / 2)
})

test('so it is for a device that knows nothing yet', () => {
  for (const { at, changed } of mutations(3)) {
    try {
      expect(belief(trustFirstBundle(provider, first.organisationId, changed, NOW)), `byte ${at}`).toEqual(
        belief(withBob),
      )
    } catch (error) {
      if (!isLanyardError(error)) throw error
    }
  }
})

test('a stored state with any byte changed never crashes the reader', () => {
  const stored = encodeTrusted(withBob)
  for (let at = 0; at < stored.length; at++) {
    const changed = stored.slice()
    changed[at] = (changed[at] as number) ^ (1 << (at % 8))
    try {
      decodeTrusted(provider, changed)
    } catch (error) {
      if (!isLanyardError(error)) throw error
    }
  }
  expect(decodeTrusted(provider, stored).list.hash).toBe(withBob.list.hash)
})
