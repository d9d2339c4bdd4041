import { describe, expect, test } from 'vitest'
import type { RefusedDocument } from '../../../src/org/documents/refusal.ts'
import { trustFirstBundle } from '../../../src/org/trust/apply.ts'
import { bundleDocument, bundleOf, encodeBundle } from '../../../src/org/trust/bundle.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import { reportVerification } from '../../../src/org/trust/verification-report.ts'
import type { OrganisationId } from '../../../src/shared/ids.ts'
import { actor, adding, DAY, found, HOUR, MONDAY, provider, publish, rotate } from './actors.ts'

const alice = actor('Alice')
const office = found(alice)
const { trusted: first, adminSeed, rootSeed } = office
const second = rotate(first, { name: 'Harbour & Daughters' }, [rootSeed])
const trusted = publish(second, adding(actor('Bob')), [adminSeed], MONDAY + 2 * HOUR)
const id = trusted.organisationId
const now = MONDAY + 3 * HOUR

const report = (bytes: Uint8Array, organisationId: OrganisationId | null = id, at = now) =>
  reportVerification(provider, bytes, { organisationId, now: at })

test('an honest bundle: every step is told, and all of it is trusted', () => {
  const { steps, trusted: found, organisationId, roots } = report(encodeBundle(trusted))
  expect(steps.map(({ step, outcome }) => `${step}: ${outcome}`)).toEqual([
    'bundle: ok',
    'first root: ok',
    'root 1: ok',
    'root 2: ok',
    'root expiry: ok',
    'list signatures: ok',
    'policy: ok',
    'entries: ok',
    'devices: ok',
    'freshness: ok',
    'age: ok',
  ])
  expect(organisationId).toBe(id)
  expect(found?.list.hash).toBe(trusted.list.hash)
  expect(roots.map(({ name }) => name)).toEqual(['Harbour & Sons', 'Harbour & Daughters'])
})

test('an id that nobody named is told, for a person to compare', () => {
  const { steps, trusted: found } = report(encodeBundle(trusted), null)
  expect(steps).toContainEqual(expect.objectContaining({ step: 'organisation', outcome: 'noticed' }))
  expect(steps.find(({ step }) => step === 'organisation')?.detail).toContain(id)
  expect(found).not.toBeNull()
})

test('an old list is noticed and not refused; a root that has run out is refused', () => {
  const stale = report(encodeBundle(trusted), id, now + 30 * DAY)
  expect(stale.steps.at(-1)).toMatchObject({ step: 'age', outcome: 'noticed' })
  expect(stale.trusted).not.toBeNull()
  const after = report(encodeBundle(trusted), id, trusted.root.expires)
  expect(after.steps.at(-1)).toMatchObject({ step: 'root expiry', outcome: 'refused', reason: 'root-expired' })
  expect(after.trusted).toBeNull()
})

const bundle = bundleOf(trusted)
const others = found(actor('Mallory')).trusted
const encode = (changes: Partial<typeof bundle>) => bundleDocument.encode({ ...bundle, ...changes })

describe('Mallory is refused for the same reason as a device refuses it, at the step where it shows', () => {
  test.each<[string, string, Uint8Array, OrganisationId]>([
    ['a cut file', 'bundle', encodeBundle(trusted).slice(0, -1), id],
    ['no root', 'first root', encode({ roots: [] }), id],
    ['another organisation', 'root 1', encodeBundle(others), id],
    ['a root left out', 'list signatures', encode({ roots: bundle.roots.slice(0, 1) }), id],
    [
      'a root of others in the chain',
      'root 2',
      encode({ roots: [...bundle.roots.slice(0, 1), ...bundleOf(others).roots] }),
      id,
    ],
    ['a list without signatures', 'list signatures', encode({ list: { ...bundle.list, signatures: [] } }), id],
    ['the list of others', 'list signatures', encode({ list: bundleOf(others).list }), id],
    ['another policy', 'policy', encode({ policy: new Uint8Array([0xa0]) }), id],
    ['a person left out', 'entries', encode({ leaves: bundle.leaves.slice(1) }), id],
    ['entries of an older list', 'entries', encode({ leaves: bundleOf(first).leaves }), id],
    ['freshness of others', 'freshness', encode({ freshness: bundleOf(others).list }), id],
  ])('%s', (_, step, bytes, organisation) => {
    const { steps, trusted: believed } = report(bytes, organisation)
    const refused = steps.at(-1)
    expect(believed).toBeNull()
    expect(refused).toMatchObject({ step, outcome: 'refused' })
    expect(refused?.reason).toBe(reasonOf(() => trustFirstBundle(provider, organisation, bytes, now)))
  })
})

const reasonOf = (work: () => TrustedState) => {
  try {
    work()
  } catch (error) {
    return (error as RefusedDocument).reason
  }
  return null
}
