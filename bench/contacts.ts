/**
 * What the signed contact list costs: verifying it whole as a new device does, taking over the next version with five
 * changed people as a delta and as a whole bundle, undoing it for the history, reading it back at the start, and the
 * sizes. The baseline of times is what a whole list cannot be spared: hashing every entry and every node of the tree, and
 * verifying three signatures; that of the sizes is the bundle. How long a change takes from engine to engine is
 * `contacts-sync.ts`.
 */
import { type CryptoProvider, generateDeviceKeys, nobleProvider, publicKeysOf, toHex } from '../src/crypto/index.ts'
import { createNativeProvider } from '../src/engine/native-crypto.ts'
import {
  applyBundle,
  applyDelta,
  decodeTrusted,
  deviceIdOf,
  encodeBundle,
  encodeDelta,
  encodeTrusted,
  encodeVersions,
  type Founded,
  foundOrganisation,
  historyStep,
  type ListEdit,
  type Person,
  prepareList,
  publishList,
  signList,
  type TrustedState,
  touchedSince,
  trustFirstBundle,
  undoStep,
  versionsOf,
} from '../src/org/index.ts'
import type { InvitationId, PersonId } from '../src/shared/ids.ts'
import { contactsSyncRows } from './contacts-sync.ts'
import { type Row, report, row } from './harness.ts'

const SIZES = [10, 1_000, 10_000]
const CHANGED = 5
const RUNS = 15

/** Milliseconds of each run; two more warm up. */
const measure = (work: () => unknown): readonly number[] =>
  Array.from({ length: RUNS + 2 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).slice(2)

const now = Date.now()

const rowsOf = (provider: CryptoProvider, people: number): Row[] => {
  const newPersonId = () => toHex(provider.randomBytes(16)) as PersonId
  const newInvitation = () => toHex(provider.randomBytes(16)) as InvitationId
  const founded = foundOrganisation(provider, {
    name: 'Harbour & Sons',
    founder: {
      personId: newPersonId(),
      name: 'Alice',
      title: 'Managing director',
      device: publicKeysOf(generateDeviceKeys(provider)),
      deviceName: "Alice's PC",
    },
    now,
  })
  const added = Array.from({ length: people - 1 }, (_, i) => colleague(newPersonId(), i))
  const edits = added.flatMap((person): ListEdit[] => {
    const sig = provider.randomBytes(32)
    const device = {
      id: deviceIdOf(sig),
      sig,
      dh: provider.randomBytes(32),
      name: 'Desktop',
      addedAt: now,
      invitation: newInvitation(),
    }
    return [
      { kind: 'put-person', person },
      { kind: 'add-device', personId: person.personId, device },
    ]
  })
  const trusted = publish(provider, founded, founded.trusted, edits)
  const promoted = added
    .slice(0, CHANGED)
    .map((person): ListEdit => ({ kind: 'put-person', person: { ...person, title: 'Director' } }))
  const bundle = encodeBundle(trusted)
  const newest = publish(provider, founded, trusted, promoted)
  const next = encodeBundle(newest)
  const step = historyStep(trusted, newest)
  const base = { listHash: trusted.list.hash, rootVersion: trusted.root.version }
  const delta = encodeDelta(newest, base, touchedSince([step]))
  const stored = encodeTrusted(trusted)
  const bare = measure(() => whatCannotBeSpared(provider, trusted))
  const baseline = row('', '', bare).median
  const named = (name: string, values: readonly number[]) =>
    row(`${provider.name}, ${people} people: ${name}`, 'ms', values, baseline)
  return [
    row(`${provider.name}, ${people} people: bundle`, 'bytes', [bundle.length], bundle.length),
    row(`${provider.name}, ${people} people: delta of five`, 'bytes', [delta.length], bundle.length),
    row(
      `${provider.name}, ${people} people: versions`,
      'bytes',
      [encodeVersions(versionsOf(newest)).length],
      bundle.length,
    ),
    named(
      'verify whole',
      measure(() => trustFirstBundle(provider, founded.trusted.organisationId, bundle, now)),
    ),
    named(
      'take over a delta of five',
      measure(() => taken(applyDelta(provider, trusted, delta, now))),
    ),
    named(
      'the same, first after the start',
      measure(() => taken(applyDelta(provider, { ...trusted, tree: null }, delta, now))),
    ),
    named(
      'the same as a whole bundle',
      measure(() => taken(applyBundle(provider, trusted, next, now))),
    ),
    named(
      'undo one version',
      measure(() => undoStep(provider, newest, newest, step)),
    ),
    named(
      'read back at the start',
      measure(() => decodeTrusted(provider, stored)),
    ),
    named(
      'change five people and sign',
      measure(() => signList(provider, prepareList(provider, trusted, { edits: promoted }, now), founded.adminSeed)),
    ),
  ]
}

/** A run that was refused would be fast, and worth nothing. */
const taken = (result: ReturnType<typeof applyDelta>): TrustedState => {
  if (result.kind !== 'updated') throw new Error(`The list was not taken over: ${result.kind}`)
  return result.trusted
}

const colleague = (personId: PersonId, i: number): Omit<Person, 'devices'> => ({
  personId,
  name: `Colleague Number ${i}`,
  title: 'Engineer',
  department: `Department ${i % 20}`,
  email: `colleague.${i}@example.org`,
  phone: `+49 30 ${100_000 + i}`,
  photoHash: null,
  roles: [],
})

const publish = (
  provider: CryptoProvider,
  { adminSeed }: Founded,
  trusted: TrustedState,
  edits: readonly ListEdit[],
) => {
  const draft = signList(provider, prepareList(provider, trusted, { edits }, now), adminSeed)
  return taken(publishList(provider, trusted, draft, now))
}

const whatCannotBeSpared = (provider: CryptoProvider, { leaves }: TrustedState): void => {
  const node = new Uint8Array(65)
  for (const { bytes } of leaves) provider.sha256(bytes)
  for (let i = 1; i < leaves.length; i++) provider.sha256(node)
  for (let i = 0; i < 3; i++) provider.ed25519Verify(signature, node, publicKey)
}
const seed = new Uint8Array(32)
const publicKey = nobleProvider.ed25519PublicKey(seed)
const signature = nobleProvider.ed25519Sign(new Uint8Array(65), seed)

const pure = [nobleProvider, createNativeProvider()].flatMap(provider =>
  SIZES.flatMap(people => rowsOf(provider, people)),
)
report([...pure, ...(await contactsSyncRows(SIZES))])
