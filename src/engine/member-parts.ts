import type { CryptoProvider, DeviceKeys } from '../crypto/index.ts'
import { type Network, ORG_PROTOCOL } from '../p2p/index.ts'
import type { Message } from '../shared/contract/entities.ts'
import type { DeviceId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import { createAdministration } from './administration/administration.ts'
import type { Asked } from './administration/asked.ts'
import { createOrderClock } from './clock.ts'
import { highestPlace } from './conversations/message-rows.ts'
import { createDelivery } from './delivery/index.ts'
import { createNoticeBoard } from './organisation/boards/notice-board.ts'
import { createProposalBoard } from './organisation/boards/proposal-board.ts'
import { createInvitations } from './organisation/joining/invitations.ts'
import { createJoinRequests } from './organisation/joining/join-requests.ts'
import { createRepeatedWords } from './organisation/joining/repeated-words.ts'
import { createAdminKey } from './organisation/keys/admin-key.ts'
import { createRecovery } from './organisation/keys/recovery.ts'
import { createFreshnessKeeper } from './organisation/list/freshness-keeper.ts'
import { createLease } from './organisation/list/lease.ts'
import type { Membership } from './organisation/list/membership.ts'
import { createDeviceVersions } from './organisation/sync/device-versions.ts'
import { createSync } from './organisation/sync/sync.ts'
import { createClockSkew } from './status/clock-skew.ts'
import { createPresence } from './status/presence.ts'
import type { Store } from './storage/store.ts'

/** What an open profile brings along. */
export interface MemberInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  device: DeviceId
  network: Network
  now(): number
  log: Log
  onReceived(message: Message): void
  onAsked(asked: Asked): void
}

/**
 * Everything that a member is made of, put together and not yet at work: what one part does to another when something
 * changes is said in `member.ts`.
 */
export const composeMember = async (init: MemberInit, membership: Membership) => {
  const { store, provider, keys, device: self, network, now, log, onReceived } = init
  const { directory } = membership
  const notices = createNoticeBoard({ store, provider, membership, now, log })
  const proposals = createProposalBoard({ store, provider, membership, log })
  const adminKey = createAdminKey({
    store,
    provider,
    isInForce: key => membership.trusted().root.roles.contacts.keys.includes(key),
    now,
  })
  const recovery = createRecovery(store)
  const administration = createAdministration({
    store,
    provider,
    keys,
    membership,
    adminKey,
    notices,
    proposals,
    now,
    log,
  })
  const invitations = createInvitations({
    store,
    provider,
    membership,
    adminKey,
    staged: administration.staged,
    notices,
    keys,
    addresses: () => network.addresses(),
    now,
  })
  const requests = createJoinRequests({
    store,
    provider,
    keys,
    membership,
    adminKey,
    notices,
    changes: administration.changes,
    staged: administration.staged,
    now,
    log,
  })
  const repeatedWords = createRepeatedWords({
    store,
    provider,
    keys,
    membership,
    adminKey,
    notices,
    invitations,
    now,
  })
  const freshness = createFreshnessKeeper({
    store,
    provider,
    membership,
    expectsUntil: () => invitations.openUntil(),
    now,
    log,
  })
  const presence = createPresence({ store, directory, now, log })
  const skew = createClockSkew(now)
  const lease = createLease({ store, membership, now, log })
  const deviceVersions = createDeviceVersions({ store, now, log })
  const sync = createSync({
    store,
    provider,
    membership,
    notices,
    proposals,
    deviceVersions,
    ask: (device, request, signal) => network.request(device, ORG_PROTOCOL, request, signal),
    connected: () => network.connected(),
    log,
  })
  const delivery = await createDelivery({
    store,
    provider,
    keys,
    directory,
    link: { send: network.send, offend: network.offend },
    clock: createOrderClock({ now, device: self, last: highestPlace(store) }),
    now,
    log,
    onReceived,
  })

  return {
    notices,
    proposals,
    adminKey,
    recovery,
    administration,
    invitations,
    requests,
    repeatedWords,
    freshness,
    presence,
    skew,
    lease,
    deviceVersions,
    sync,
    delivery,
  }
}
