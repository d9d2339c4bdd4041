import { expect } from 'vitest'
import { type DeviceKeys, generateDeviceKeys, nobleProvider, publicKeysOf, toHex } from '../../../src/crypto/index.ts'
import type { ListEdit } from '../../../src/org/administration/edit-list.ts'
import { type Founded, foundOrganisation } from '../../../src/org/administration/found.ts'
import { prepareRoot, signRoot } from '../../../src/org/administration/rotate-root.ts'
import { prepareList, publishList, signList } from '../../../src/org/administration/sign-list.ts'
import { headerDocument, type ListHeader } from '../../../src/org/documents/contact-list.ts'
import { type Freshness, freshnessDocument } from '../../../src/org/documents/freshness.ts'
import { type Device, deviceIdOf } from '../../../src/org/documents/leaf.ts'
import { type Root, rootDocument } from '../../../src/org/documents/root.ts'
import {
  type KeyId,
  keyId,
  type Role,
  type SignatureContext,
  type SignedBytes,
  signDocument,
} from '../../../src/org/documents/signed.ts'
import { applyBundle, type RefusalReason } from '../../../src/org/index.ts'
import { type ApplyResult, apply } from '../../../src/org/trust/apply.ts'
import { type Bundle, bundleDocument, bundleOf } from '../../../src/org/trust/bundle.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import type { PersonId } from '../../../src/shared/ids.ts'

export const provider = nobleProvider
/** Monday morning. */
export const MONDAY = Date.UTC(2026, 0, 5, 8)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export interface Actor {
  readonly name: string
  readonly personId: PersonId
  readonly keys: DeviceKeys
  readonly device: Device
}

export const newPersonId = (): PersonId => toHex(provider.randomBytes(16)) as PersonId
export const newSeed = (): Uint8Array => provider.randomBytes(32)
export const keyOf = (seed: Uint8Array): KeyId => keyId.fromCanonical(provider.ed25519PublicKey(seed), 'key')

export const actor = (name: string): Actor => {
  const keys = generateDeviceKeys(provider)
  const { sig, dh } = publicKeysOf(keys)
  return {
    name,
    personId: newPersonId(),
    keys,
    device: { id: deviceIdOf(sig), sig, dh, name: `${name}'s PC`, addedAt: MONDAY, invitation: null },
  }
}

export const detailsOf = ({ personId, name }: Actor) => ({
  personId,
  name,
  title: '',
  department: '',
  email: '',
  phone: '',
  photoHash: null,
  roles: [],
})

/** What an administrator does to take somebody in with one device. */
export const adding = (who: Actor): ListEdit[] => [
  { kind: 'put-person', person: detailsOf(who) },
  { kind: 'add-device', personId: who.personId, device: who.device },
]

export const found = (founder: Actor, now = MONDAY): Founded =>
  foundOrganisation(provider, {
    name: 'Harbour & Sons',
    founder: {
      personId: founder.personId,
      name: founder.name,
      title: 'Managing director',
      device: founder.device,
      deviceName: founder.device.name,
    },
    now,
  })

/** The next list, signed and taken over; fails the test when it is refused. */
export const publish = (
  trusted: TrustedState,
  edits: readonly ListEdit[],
  seeds: readonly Uint8Array[],
  now = MONDAY + HOUR,
): TrustedState => {
  const draft = seeds.reduce(
    (draft, seed) => signList(provider, draft, seed),
    prepareList(provider, trusted, { edits }, now),
  )
  return updated(publishList(provider, trusted, draft, now))
}

/** The next root, signed and taken over. */
export const rotate = (
  trusted: TrustedState,
  change: Partial<Pick<Root, 'name' | 'keys' | 'roles'>>,
  rootSeeds: readonly Uint8Array[],
  now = MONDAY + HOUR,
): TrustedState => {
  const signed = rootSeeds.reduce(
    (draft, seed) => signRoot(provider, draft, seed),
    prepareRoot(provider, trusted, change, now),
  )
  return updated(apply(provider, trusted, { ...bundleOf(trusted), roots: [...trusted.roots, signed] }, now))
}

/** The keys and roles of a root in which one role is somebody else's. */
export const withRole = (root: Root, name: keyof Root['roles'], role: Role): Pick<Root, 'keys' | 'roles'> => {
  const known = new Set(root.keys.map(({ id }) => id))
  const added = role.keys.filter(key => !known.has(key)).map(id => ({ id, holder: null, label: 'Another key' }))
  return { keys: [...root.keys, ...added], roles: { ...root.roles, [name]: role } }
}

export const updated = (result: ApplyResult): TrustedState => {
  expect(result).toMatchObject({ kind: 'updated' })
  return result.trusted
}

/** Hands a bundle to somebody who trusts `trusted`, as it would come from the network. */
export const receive = (trusted: TrustedState, bundle: Bundle | TrustedState, now = MONDAY + 2 * HOUR): ApplyResult =>
  applyBundle(provider, trusted, bundleDocument.encode('format' in bundle ? bundle : bundleOf(bundle)), now)

export const expectUnchanged = (result: ApplyResult, trusted: TrustedState): void => {
  expect(result.kind).toBe('unchanged')
  expect(result.trusted).toBe(trusted)
}

export const expectRefused = (result: ApplyResult, reason: RefusalReason): TrustedState => {
  expect(result).toMatchObject({ kind: 'refused', reason })
  return result.trusted
}

/** A document signed by whoever has the seeds, whatever it says. */
export const signedBy = (
  context: SignatureContext,
  document: Uint8Array,
  ...seeds: readonly Uint8Array[]
): SignedBytes => ({
  document,
  signatures: seeds.map(seed => signDocument(provider, seed, context, document)),
})

/** The bundle of somebody's state, with a header that says something else. */
export const withHeader = (
  trusted: TrustedState,
  change: Partial<ListHeader>,
  ...seeds: readonly Uint8Array[]
): Bundle => ({
  ...bundleOf(trusted),
  list: signedBy('lanyard/contacts/1', headerDocument.encode({ ...trusted.list.header, ...change }), ...seeds),
})

export const withFreshness = (
  trusted: TrustedState,
  change: Partial<Freshness>,
  ...seeds: readonly Uint8Array[]
): Bundle => {
  const value: Freshness = {
    format: 1,
    organisation: trusted.organisationId,
    rootVersion: trusted.root.version,
    listVersion: trusted.list.header.version,
    listHash: trusted.list.hash,
    orderNumber: 0,
    issued: MONDAY + HOUR,
    expires: MONDAY + DAY,
    joinsUntil: 0,
    ...change,
  }
  return { ...bundleOf(trusted), freshness: signedBy('lanyard/freshness/1', freshnessDocument.encode(value), ...seeds) }
}

export const withRoot = (trusted: TrustedState, change: Partial<Root>, ...seeds: readonly Uint8Array[]): Bundle => {
  const previous = trusted.roots.at(-1)?.document ?? new Uint8Array()
  const next: Root = {
    ...trusted.root,
    organisation: trusted.organisationId,
    version: trusted.root.version + 1,
    previous: toHex(provider.sha256(previous)),
    ...change,
  }
  return {
    ...bundleOf(trusted),
    roots: [...trusted.roots, signedBy('lanyard/root/1', rootDocument.encode(next), ...seeds)],
  }
}
