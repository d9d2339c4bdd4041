import type { CryptoProvider, DevicePublicKeys } from '../../crypto/index.ts'
import type { OrganisationId, PersonId } from '../../shared/ids.ts'
import { directoryOf } from '../documents/directory.ts'
import { deviceIdOf, leafOfPerson } from '../documents/leaf.ts'
import { hashLeaves, merkleTree } from '../documents/merkle.ts'
import { defaultPolicy, policyDocument } from '../documents/policy.ts'
import { hashOf, type Root, rootDocument } from '../documents/root.ts'
import { keyIdOf, type SignedBytes, signDocument } from '../documents/signed.ts'
import { ROOT_LIFETIME } from '../limits.ts'
import { trustFirst } from '../trust/apply.ts'
import type { TrustedState } from '../trust/trusted.ts'
import { draftOf } from './list-draft.ts'
import { keyLabels } from './root-change.ts'
import { issueFreshness, signList } from './sign-list.ts'

/** Bytes of an Ed25519 seed. */
const SEED_BYTES = 32

export interface Founder {
  readonly personId: PersonId
  readonly name: string
  readonly title: string
  readonly device: DevicePublicKeys
  readonly deviceName: string
}

export interface Founded {
  /** Signs roots. For the recovery sheet alone: it is never stored on a device. */
  readonly rootSeed: Uint8Array
  /** Signs contact lists and orders. Kept under the administrator's passphrase. */
  readonly adminSeed: Uint8Array
  /** Signs freshness without anybody at the keyboard; it can vouch for what is signed, and sign nothing else. */
  readonly freshnessSeed: Uint8Array
  readonly trusted: TrustedState
}

/** Starts an organisation of one person with one device: root 1, contact list 1, the first freshness. */
export const foundOrganisation = (
  provider: CryptoProvider,
  { name, founder, now }: { name: string; founder: Founder; now: number },
): Founded => {
  const [rootSeed, adminSeed, freshnessSeed] = [
    provider.randomBytes(SEED_BYTES),
    provider.randomBytes(SEED_BYTES),
    provider.randomBytes(SEED_BYTES),
  ]
  const root = firstRoot(provider, { name, holder: founder.personId, rootSeed, adminSeed, freshnessSeed, now })
  const organisationId = hashOf(provider, root.document) as OrganisationId
  const person = leafOfPerson({
    personId: founder.personId,
    name: founder.name,
    title: founder.title,
    department: '',
    email: '',
    phone: '',
    photoHash: null,
    devices: [
      {
        id: deviceIdOf(founder.device.sig),
        sig: founder.device.sig,
        dh: founder.device.dh,
        name: founder.deviceName,
        addedAt: now,
        invitation: null,
      },
    ],
    roles: [],
  })
  const policy = policyDocument.encode(defaultPolicy)
  const tree = merkleTree(provider, hashLeaves(provider, [person.bytes]))
  const draft = draftOf(
    provider,
    { organisation: organisationId, rootVersion: 1, version: 1, previous: null },
    { leaves: [person], tree, directory: directoryOf([person]), policy },
    now,
  )
  const { header } = signList(provider, draft, adminSeed)
  const trusted = trustFirst(
    provider,
    organisationId,
    { format: 1, roots: [root], list: header, leaves: [person.bytes], policy, freshness: null, orders: [] },
    now,
  )
  const vouched = issueFreshness(provider, trusted, freshnessSeed, now, { joinsUntil: 0 })
  return { rootSeed, adminSeed, freshnessSeed, trusted: vouched.trusted }
}

const firstRoot = (
  provider: CryptoProvider,
  {
    name,
    holder,
    rootSeed,
    adminSeed,
    freshnessSeed,
    now,
  }: {
    name: string
    holder: PersonId
    rootSeed: Uint8Array
    adminSeed: Uint8Array
    freshnessSeed: Uint8Array
    now: number
  },
): SignedBytes => {
  const idOf = (seed: Uint8Array) => keyIdOf(provider, seed)
  const alone = (seed: Uint8Array) => ({ threshold: 1, keys: [idOf(seed)] })
  const root: Root = {
    format: 1,
    organisation: null,
    name,
    version: 1,
    previous: null,
    issued: now,
    expires: now + ROOT_LIFETIME,
    keys: [
      { id: idOf(rootSeed), holder, label: keyLabels.root },
      { id: idOf(adminSeed), holder, label: keyLabels.contacts },
      { id: idOf(freshnessSeed), holder, label: keyLabels.freshness },
    ],
    roles: {
      root: alone(rootSeed),
      contacts: alone(adminSeed),
      orders: alone(adminSeed),
      freshness: alone(freshnessSeed),
    },
  }
  const document = rootDocument.encode(root)
  return { document, signatures: [signDocument(provider, rootSeed, 'lanyard/root/1', document)] }
}
