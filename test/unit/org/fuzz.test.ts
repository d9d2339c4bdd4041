import { expect, onTestFinished, test } from 'vitest'
import { type CryptoProvider, equalBytes, toHex } from '../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import { orderDocument } from '../../../src/org/documents/orders.ts'
import { RefusedDocument } from '../../../src/org/documents/refusal.ts'
import {
  applyBundle,
  applyDelta,
  decodeStep,
  encodeDelta,
  encodeStep,
  historyStep,
  touchedSince,
  undoStep,
} from '../../../src/org/index.ts'
import type { ApplyResult } from '../../../src/org/trust/apply.ts'
import { bundleDocument, bundleOf } from '../../../src/org/trust/bundle.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import { actor, adding, DAY, found, HOUR, MONDAY, publish, receive, rotate, signedBy, updated } from './actors.ts'
import { mutate, seededRandom } from './mutate.ts'

/** How many changed documents are shown to a device; LANYARD_FUZZ_COUNT and LANYARD_FUZZ_SEED for more, or the same again. */
const COUNT = Number(process.env.LANYARD_FUZZ_COUNT ?? 100_000)
const SEED = Number(process.env.LANYARD_FUZZ_SEED ?? Date.now() % 2 ** 32)

/** Remembers the verdict on what it has seen: most of a changed document is as it was. */
const remembering = (provider: CryptoProvider): CryptoProvider => {
  const verdicts = new Map<string, boolean>()
  return {
    ...provider,
    ed25519Verify: (signature, message, publicKey) => {
      const asked = toHex(signature) + toHex(publicKey) + toHex(provider.sha256(message))
      const verdict = verdicts.get(asked) ?? provider.ed25519Verify(signature, message, publicKey)
      verdicts.set(asked, verdict)
      return verdict
    },
  }
}

const provider = remembering(createNativeProvider())
const NOW = MONDAY + 2 * HOUR
const alice = actor('Alice')
const bob = actor('Bob')
const { trusted: first, adminSeed, rootSeed } = found(alice)
const second = publish(first, adding(bob), [adminSeed])
const rotated = rotate(second, { name: 'Harbour & Daughters' }, [rootSeed])
const changed = publish(rotated, [{ kind: 'remove-person', personId: bob.personId, reason: 'left' }], [adminSeed])
const order = orderDocument.encode({
  format: 1,
  organisation: first.organisationId,
  number: 1,
  action: 'erase-person',
  target: new Uint8Array(16),
  issued: MONDAY,
  expires: MONDAY + DAY,
  reason: 'Left',
  rootVersion: 1,
})
const newest = updated(
  receive(changed, { ...bundleOf(changed), orders: [signedBy('lanyard/orders/1', order, adminSeed)] }, NOW),
)
const stranger = found(actor('Mallory')).trusted
const honest = [first, second, rotated, changed, newest]

/** Everything that anybody signed. What is trusted after all must be made of nothing else. */
const signed = new Set(
  honest.flatMap(state =>
    [...state.roots, state.list.signed, ...(state.freshness === null ? [] : [state.freshness.signed])].map(
      ({ document }) => toHex(document),
    ),
  ),
)
signed.add(toHex(order))
const contents = new Map(honest.map(({ list, leaves, policy }) => [list.hash, { leaves, policy }]))

const isSigned = ({ roots, list, freshness, orders, leaves, policy, forks }: TrustedState): boolean => {
  const content = contents.get(list.hash)
  return (
    [
      ...roots,
      list.signed,
      ...(freshness === null ? [] : [freshness.signed]),
      ...orders.map(({ signed }) => signed),
    ].every(({ document }) => signed.has(toHex(document))) &&
    content !== undefined &&
    equalBytes(policy.bytes, content.policy.bytes) &&
    leaves.length === content.leaves.length &&
    leaves.every(({ bytes }, i) => equalBytes(bytes, content.leaves[i]?.bytes ?? new Uint8Array())) &&
    forks.length === 0
  )
}

const isBehind = (after: TrustedState, before: TrustedState): boolean =>
  after.root.version < before.root.version ||
  after.list.header.version < before.list.header.version ||
  (after.freshness?.value.issued ?? 0) < (before.freshness?.value.issued ?? 0)

const touched = touchedSince([historyStep(first, newest)])
const deltaFor = (base: TrustedState) =>
  encodeDelta(newest, { listHash: base.list.hash, rootVersion: base.root.version }, touched)
const bundles = [...honest, stranger].map(state => bundleDocument.encode(bundleOf(state)))
const deltas = [first, second, rotated].map(deltaFor)
const step = encodeStep(historyStep(second, changed))

interface Tally {
  refused: number
  /** Said what an honest document says, or less of it. */
  harmless: number
}

test(`${COUNT.toLocaleString('en')} changed bundles, deltas and steps: none accepted, none crashes`, {
  timeout: 600_000,
}, () => {
  // nearly every document ends in an error; where it was thrown would take most of the time to write down
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  onTestFinished(() => {
    Error.stackTraceLimit = stackTraceLimit
  })
  const random = seededRandom(SEED)
  const tallies: Record<'bundle' | 'delta' | 'step', Tally> = {
    bundle: { refused: 0, harmless: 0 },
    delta: { refused: 0, harmless: 0 },
    step: { refused: 0, harmless: 0 },
  }
  const judge = (tally: Tally, before: TrustedState, result: ApplyResult, at: number) => {
    if (!isSigned(result.trusted) || isBehind(result.trusted, before))
      throw new Error(`seed ${SEED}, document ${at}: ${result.kind}, and something that nobody signed is trusted`)
    tally[result.kind === 'refused' ? 'refused' : 'harmless'] += 1
  }
  for (let at = 0; at < COUNT; at++) {
    const base = random.pick(honest)
    try {
      switch (at % 10) {
        case 9: {
          const hostile = mutate(step, random, bundles)
          if (undoes(hostile)) tallies.step.harmless += 1
          else tallies.step.refused += 1
          break
        }
        case 0:
        case 2:
        case 4:
        case 6: {
          const hostile = mutate(random.pick(deltas), random, [...deltas, ...bundles])
          judge(tallies.delta, base, applyDelta(provider, base, hostile, NOW), at)
          break
        }
        default: {
          const hostile = mutate(random.pick(bundles), random, [...bundles, ...deltas])
          judge(tallies.bundle, base, applyBundle(provider, base, hostile, NOW), at)
        }
      }
    } catch (cause) {
      throw new Error(`LANYARD_FUZZ_SEED=${SEED} repeats it: document ${at} of ${COUNT}`, { cause })
    }
  }
  const { bundle, delta, step: steps } = tallies
  const all = [bundle, delta, steps]
  expect(all.reduce((sum, { refused, harmless }) => sum + refused + harmless, 0)).toBe(COUNT)
  // most changes are seen through; what is harmless took nothing in that was not signed
  for (const { refused, harmless } of all) expect(refused).toBeGreaterThan(harmless)
  console.log(`seed ${SEED}: ${JSON.stringify(tallies)}`)
})

/** Whether the step was taken, which it may only be as what it was. */
const undoes = (hostile: Uint8Array): boolean => {
  try {
    const { list, leaves } = undoStep(provider, newest, newest, decodeStep(hostile), { isOwn: true })
    if (list.hash !== second.list.hash || leaves.length !== second.leaves.length) throw new Error('another history')
    return true
  } catch (error) {
    if (!(error instanceof RefusedDocument)) throw error
    return false
  }
}
