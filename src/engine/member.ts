import type { Changes } from '../org/index.ts'
import type { Admission } from '../p2p/index.ts'
import { isLanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import type { Administration } from './administration/administration.ts'
import { watchAsked } from './administration/asked.ts'
import { createDevicesPage, type DevicesPage } from './administration/devices-page.ts'
import { createHistoryPages, type HistoryPages } from './administration/history-pages.ts'
import { createBackground } from './background.ts'
import { readPerson } from './conversations/person-rows.ts'
import type { Delivery } from './delivery/index.ts'
import { createEmitter } from './emitter.ts'
import { composeMember, type MemberInit } from './member-parts.ts'
import { createForkWatch } from './organisation/boards/fork-watch.ts'
import type { NoticeBoard } from './organisation/boards/notice-board.ts'
import type { ProposalBoard } from './organisation/boards/proposal-board.ts'
import type { Invitations } from './organisation/joining/invitations.ts'
import type { JoinRequests } from './organisation/joining/join-requests.ts'
import type { AdminKey } from './organisation/keys/admin-key.ts'
import type { Recovery } from './organisation/keys/recovery.ts'
import { joinsAreOpen } from './organisation/list/freshness-keeper.ts'
import type { Lease } from './organisation/list/lease.ts'
import { type Membership, openMembership } from './organisation/list/membership.ts'
import { decodeHelloPayload, encodeHelloPayload, type HelloPayload } from './organisation/sync/hello.ts'
import type { Photos } from './organisation/sync/photos.ts'
import type { ClockSkew } from './status/clock-skew.ts'
import type { Presence } from './status/presence.ts'

/** Milliseconds between two looks at what is due: freshness, invitations that ran out. */
const UPKEEP_EVERY = 600_000

/** Everything of an open profile that belongs to an organisation. */
export interface Member {
  readonly membership: Membership
  /** What members carry for each other. */
  readonly notices: NoticeBoard
  /** What waits for signatures; only administrators' devices get to know of it. */
  readonly proposals: ProposalBoard
  readonly photos: Photos
  readonly lease: Lease
  readonly historyPages: HistoryPages
  readonly devicesPage: DevicesPage
  readonly adminKey: AdminKey
  readonly recovery: Recovery
  readonly invitations: Invitations
  readonly requests: JoinRequests
  readonly administration: Administration
  readonly delivery: Delivery
  readonly presence: Presence
  readonly skew: ClockSkew
  admit(device: DeviceId): Admission
  hello(): Uint8Array
  onConnected(device: DeviceId, hello: Uint8Array): void
  onDisconnected(device: DeviceId): void
  answerSync(device: DeviceId, request: Uint8Array): Promise<Uint8Array>
  /** The status has to be told anew. */
  onChanged(listener: () => void): () => void
  stop(): Promise<void>
}

/** Undefined in a profile that belongs to no organisation yet. */
export const openMember = async (init: MemberInit): Promise<Member | undefined> => {
  const { store, provider, device: self, network, now, log } = init
  const membership = openMembership({ store, provider, device: self, now })
  if (membership === undefined) return undefined

  const { directory } = membership
  const changed = createEmitter()
  const parts = await composeMember(init, membership)
  const { notices, proposals, adminKey, recovery, administration, invitations, requests } = parts
  const { repeatedWords, freshness, presence, skew, lease, deviceVersions, sync, delivery } = parts

  await requests.noteNobodyAsks()
  // what came in force, or was brought, right before the process ended
  await administration.onListChanged()
  await requests.onListChanged()
  await requests.takeNotices()

  const background = createBackground(log)
  const forkWatch = createForkWatch({ membership, notices, now })
  const repeatWords = () =>
    background.run(repeatedWords.repeat(), 'what another administrator has said could not be repeated')
  const lookAtForks = () => background.run(forkWatch.look(), 'evidence of a fork could not be spread')

  /** The directory answers by the new list already: what removed devices send is dropped from here on. */
  const takeOver = async ({ addedDevices, removedDevices }: Changes) => {
    if (removedDevices.length > 0) {
      await delivery.onDevicesRemoved(removedDevices)
      if (membership.isMember()) await sync.sayFarewell(removedDevices)
      for (const device of removedDevices) network.revoke(device)
    }
    network.admissionChanged()
    if (!membership.isMember()) return
    await delivery.onDevicesAdded(addedDevices)
    const hasVouched = await freshness.keep() // then this is called again, with both to announce
    if (!hasVouched) sync.announce()
    await Promise.all([proposals.review(), notices.review(), sync.photos.review()])
  }

  const stops = [
    membership.onChanged(changes => {
      changed.emit()
      lookAtForks()
      if (changes === null) return
      background.run(takeOver(changes), 'a new list could not be taken over')
      background.run(administration.onListChanged(), 'staged edits could not be compared with a new list')
      background.run(requests.onListChanged(), 'requests to join could not be compared with a new list')
    }),
    invitations.onChanged(() => {
      network.admissionChanged()
      requests.noteDecisions() // a withdrawn invitation declines whoever asks with it
      background.run(freshness.keep(), 'freshness could not be kept') // so that colleagues let strangers knock
    }),
    notices.onChanged(sync.announce),
    notices.onChanged(() => {
      lookAtForks()
      background.run(requests.takeNotices(), 'requests to join could not be taken in')
      repeatWords()
    }),
    proposals.onChanged(sync.announce),
    lease.onChanged(changed.emit),
    membership.history.onFilled(administration.noteNews),
    deviceVersions.onChanged(administration.noteNews),
    adminKey.onChanged(changed.emit),
    recovery.onChanged(changed.emit),
    presence.onChanged(changed.emit),
    administration.onChanged(changed.emit),
    watchAsked({
      trusted: membership.trusted,
      self: membership.self.personId,
      adminKey,
      requests,
      waitingProposals: administration.changes.waitingProposals,
      onProposalsChanged: administration.onChanged,
      nameOf: administration.nameOf,
      tell: init.onAsked,
    }),
  ]

  const upkeep = () => {
    background.run(invitations.noteExpired(), 'expired invitations could not be noted')
    background.run(freshness.keep(), 'freshness could not be kept')
    background.run(notices.review(), 'notices that ran out could not be dropped')
    background.run(lease.look(), 'the clock could not be noted')
    changed.emit() // freshness and expiry are a matter of the clock
  }
  const timer = setInterval(upkeep, UPKEEP_EVERY)
  timer.unref()
  const atOnce = setImmediate(upkeep)
  lookAtForks() // what was noticed right before the process ended
  repeatWords()

  const readHello = (device: DeviceId, bytes: Uint8Array): HelloPayload | undefined => {
    try {
      return decodeHelloPayload(bytes)
    } catch (error) {
      if (!isLanyardError(error)) throw error
      log.warn({ device, code: error.code }, 'a hello that cannot be read')
      return undefined
    }
  }

  return {
    membership,
    notices,
    proposals,
    photos: sync.photos,
    lease,
    historyPages: createHistoryPages({
      trusted: membership.trusted,
      history: membership.history,
      nameOf: id => membership.trusted().people.get(id)?.name ?? readPerson(store, id)?.name ?? '?',
    }),
    devicesPage: createDevicesPage({
      trusted: membership.trusted,
      versions: deviceVersions,
      self,
      connected: () => network.connected(),
      now,
    }),
    adminKey,
    recovery,
    invitations,
    requests,
    administration,
    delivery,
    presence,
    skew,
    admit(device) {
      if (!membership.isMember()) return 'refused'
      if (directory.personOf(device) !== undefined) return 'member'
      if (membership.trusted().tombstones.has(device)) return 'refused'
      const isAnybodyExpected = invitations.isAnyOpen() || joinsAreOpen(membership.trusted(), now())
      return isAnybodyExpected || requests.isKnown(device) ? 'join-only' : 'refused'
    },
    hello: () => encodeHelloPayload({ versions: sync.ownVersions(), time: now() }),
    onConnected(device, bytes) {
      const hello = readHello(device, bytes)
      if (hello === undefined) return network.offend(device, 'a hello that cannot be read')
      skew.note(device, hello.time)
      presence.onConnected(device)
      delivery.onDeviceConnected(device)
      sync.onConnected(device, hello.versions)
    },
    onDisconnected(device) {
      skew.forget(device)
      sync.onDisconnected(device)
      delivery.onDeviceDisconnected(device)
      presence.onDisconnected(device)
    },
    answerSync: sync.answer,
    onChanged: changed.on,
    async stop() {
      clearInterval(timer)
      clearImmediate(atOnce)
      for (const stop of stops) stop()
      administration.stop()
      sync.stop()
      await background.settled() // it writes to the store, which is closed next
      await deviceVersions.stop()
      await lease.stop()
      adminKey.lock()
      await delivery.stop()
    },
  }
}
