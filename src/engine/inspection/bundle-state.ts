import { describeRootChange, listStatus, type Policy, type Root, rolesOf, type TrustedState } from '../../org/index.ts'
import type { HistoryEntry, RoleName, Signer } from '../../shared/contract/administration-entities.ts'
import type { DeviceId, OrganisationId, PersonId } from '../../shared/ids.ts'
import { toldRootChange } from '../administration/recorded-changes.ts'
import { gravestOf, signerOf } from '../administration/told-proposal.ts'

export interface StatedPerson {
  readonly id: PersonId
  readonly name: string
  readonly title: string
  readonly department: string
  readonly email: string
  readonly phone: string
  readonly roles: readonly string[]
  readonly devices: readonly { readonly id: DeviceId; readonly name: string; readonly addedAt: number }[]
}

/** What a verified bundle says, for people and as JSON. Times are milliseconds since 1970. */
export interface BundleState {
  readonly organisation: { readonly id: OrganisationId; readonly name: string }
  readonly root: {
    readonly version: number
    readonly issuedAt: number
    readonly expiresAt: number
    readonly roles: Readonly<Record<RoleName, { readonly threshold: number; readonly keys: number }>>
    readonly keys: readonly (Signer & { readonly label: string; readonly roles: readonly RoleName[] })[]
  }
  readonly list: {
    readonly version: number
    /** SHA-256 of the header's document. */
    readonly hash: string
    readonly merkleRoot: string
    readonly signedAt: number
    readonly expiresAt: number
    readonly signedBy: readonly Signer[]
    readonly threshold: number
    readonly people: number
    readonly devices: number
    readonly groups: number
    readonly removedDevices: number
    readonly freshness: 'fresh' | 'stale' | 'expired'
    readonly freshUntil: number
    readonly orders: number
  }
  readonly policy: Policy
  readonly people: readonly StatedPerson[]
  /** Every root that the bundle holds, newest first. */
  readonly roots: readonly HistoryEntry[]
}

export const nameIn =
  ({ people }: TrustedState) =>
  (id: PersonId): string =>
    people.get(id)?.name ?? `nobody on this list (${id.slice(0, 12)})`

/** `all`: the roots of the bundle, decoded, version 1 first. */
const rootEntries = (trusted: TrustedState, all: readonly Root[]): HistoryEntry[] => {
  const nameOf = nameIn(trusted)
  return all
    .map((root, at): HistoryEntry => {
      const before = all[at - 1]
      const changes =
        before === undefined ? [] : describeRootChange(before, root).map(each => toldRootChange(each, nameOf))
      const toSigner = signerOf(before === undefined ? [root] : [before, root], nameOf)
      return {
        kind: 'root',
        version: root.version,
        at: root.issued,
        signedBy: (trusted.roots[at]?.signatures ?? []).map(({ key }) => toSigner(key)),
        threshold: root.roles.root.threshold,
        ...gravestOf(changes),
      }
    })
    .reverse()
}

export const bundleStateOf = (trusted: TrustedState, roots: readonly Root[], now: number): BundleState => {
  const { root, list, people, devices, groups, tombstones, policy, orders } = trusted
  const nameOf = nameIn(trusted)
  const toSigner = signerOf([root], nameOf)
  const status = listStatus(trusted, now)
  const rule = (role: RoleName) => ({ threshold: root.roles[role].threshold, keys: root.roles[role].keys.length })
  return {
    organisation: { id: trusted.organisationId, name: root.name },
    root: {
      version: root.version,
      issuedAt: root.issued,
      expiresAt: root.expires,
      roles: { root: rule('root'), contacts: rule('contacts'), orders: rule('orders'), freshness: rule('freshness') },
      keys: root.keys.map(({ id, label }) => ({
        ...toSigner(id),
        keyId: id,
        label,
        roles: rolesOf(root, id),
      })),
    },
    list: {
      version: status.version,
      hash: list.hash,
      merkleRoot: list.header.merkleRoot,
      signedAt: status.signedAt,
      expiresAt: status.expiresAt,
      signedBy: list.signed.signatures.map(({ key }) => toSigner(key)),
      threshold: status.threshold,
      people: people.size,
      devices: devices.size,
      groups: groups.size,
      removedDevices: tombstones.size,
      freshness: status.freshness,
      freshUntil: status.freshUntil,
      orders: orders.length,
    },
    policy: policy.value,
    people: [...people.values()]
      .map(({ personId, photoHash: _, devices: own, ...fields }) => ({
        id: personId,
        ...fields,
        devices: own.map(({ id, name, addedAt }) => ({ id, name, addedAt })),
      }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id)),
    roots: rootEntries(trusted, roots),
  }
}
