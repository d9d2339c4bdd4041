import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { ForkEvidence } from '../documents/fork.ts'
import type { GroupId } from '../documents/leaf.ts'
import type { TrustedState } from './trusted.ts'

/** What is different for those who use the list. */
export interface Changes {
  /** Added, or changed in any field. */
  readonly people: readonly PersonId[]
  readonly removedPeople: readonly PersonId[]
  readonly addedDevices: readonly DeviceId[]
  /** No longer anybody's: hang up, drop sessions. */
  readonly removedDevices: readonly DeviceId[]
  /** Added, or changed in any field. */
  readonly groups: readonly GroupId[]
  readonly removedGroups: readonly GroupId[]
  readonly isPolicyChanged: boolean
  readonly isRootChanged: boolean
  /** Noticed just now. */
  readonly forks: readonly ForkEvidence[]
}

/** Leaves that did not change are the same objects in both states. */
export const changesBetween = (before: TrustedState, after: TrustedState): Changes => ({
  people: [...after.people.values()]
    .filter(person => before.people.get(person.personId) !== person)
    .map(({ personId }) => personId),
  removedPeople: [...before.people.keys()].filter(id => !after.people.has(id)),
  addedDevices: [...after.devices.keys()].filter(id => !before.devices.has(id)),
  removedDevices: [...before.devices.keys()].filter(id => !after.devices.has(id)),
  groups: [...after.groups.values()]
    .filter(group => before.groups.get(group.groupId) !== group)
    .map(({ groupId }) => groupId),
  removedGroups: [...before.groups.keys()].filter(id => !after.groups.has(id)),
  isPolicyChanged: before.list.header.policyHash !== after.list.header.policyHash,
  isRootChanged: before.root.version !== after.root.version,
  forks: after.forks.filter(fork => !before.forks.includes(fork)),
})
