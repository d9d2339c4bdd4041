import type { InvitationId } from '../../shared/ids.ts'
import type { Directory } from '../documents/directory.ts'
import type { Leaf } from '../documents/leaf.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import type { ListChange } from '../history/describe-changes.ts'

const refuse = (what: string) => new RefusedDocument('list-inconsistent', `proposal: ${what}, which no edit does`)

/**
 * No edit brings a removed device back, lets one go without a trace, gives one other keys or another owner, or uses an
 * invitation again. Whoever asks for a signature under that is not to have it, however little of it shows among a hundred
 * other changes. `placed` are the leaves that are new or changed. Throws RefusedDocument `list-inconsistent`.
 */
export const refuseImpossible = (
  before: Pick<Directory, 'devices' | 'tombstones'>,
  { placed, changes }: { placed: readonly Leaf[]; changes: readonly ListChange[] },
): void => {
  for (const change of changes) {
    const isImpossible =
      change.kind === 'device-changed' ||
      change.kind === 'tombstone-added' ||
      change.kind === 'tombstone-removed' ||
      // a device that is given to somebody else is one of these, too
      (change.kind === 'device-removed' && change.reason === null)
    if (isImpossible) throw refuse(`the change '${change.kind}'`)
  }
  refuseForgedTombstones(before, placed)
  refuseUsedInvitations(before, placed)
}

/** A tombstone tells whose the device was, and keeps its invitation used up. */
const refuseForgedTombstones = ({ devices }: Pick<Directory, 'devices'>, placed: readonly Leaf[]): void => {
  for (const { kind, value } of placed) {
    if (kind !== 'tombstone') continue
    const went = devices.get(value.deviceId)
    if (went?.person.personId !== value.personId || went.device.invitation !== value.invitation)
      throw refuse('a tombstone of another device than the one that went')
  }
}

const refuseUsedInvitations = (
  { devices, tombstones }: Pick<Directory, 'devices' | 'tombstones'>,
  placed: readonly Leaf[],
): void => {
  const added = placed.flatMap(({ kind, value }) =>
    kind === 'person' ? value.devices.filter(({ id, invitation }) => invitation !== null && !devices.has(id)) : [],
  )
  if (added.length === 0) return
  const used = new Set<InvitationId | null>()
  for (const { device } of devices.values()) used.add(device.invitation)
  for (const { invitation } of tombstones.values()) used.add(invitation)
  for (const { invitation } of added) {
    if (used.has(invitation)) throw refuse('an invitation that is used again')
    used.add(invitation)
  }
}
