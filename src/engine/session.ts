import { type CryptoProvider, type DeviceKeys, wipe } from '../crypto/index.ts'
import { deviceIdOf } from '../org/index.ts'
import {
  type Admission,
  createNetwork,
  type DiscoveryMode,
  JOIN_PROTOCOL,
  type Log,
  type Network,
  ORG_PROTOCOL,
} from '../p2p/index.ts'
import type { Message } from '../shared/contract/entities.ts'
import { type ErrorCode, LanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import { type AdminRows, createFeed, type Feed } from './conversations/feed.ts'
import { createEmitter } from './emitter.ts'
import { type Member, openMember } from './member.ts'
import { found } from './organisation/found.ts'
import { createJoining, type JoiningProcess } from './organisation/joining.ts'
import { createRememberedAddresses } from './organisation/remembered-addresses.ts'
import { type OpenedProfile, openProfileStore } from './profile/opened-profile.ts'
import type { Store } from './storage/store.ts'
import { watchDisk } from './storage/watch-disk.ts'

export interface NetworkOptions {
  discovery: DiscoveryMode
  /** UDP port of discovery. */
  discoveryPort?: number
  listen?: { hosts?: readonly string[]; port?: number }
}

export interface SessionInit {
  databasePath: string
  /** 32 bytes; wiped as soon as the database is open. */
  key: Uint8Array
  provider: CryptoProvider
  network: NetworkOptions
  now(): number
  log: Log
  onReceived(message: Message): void
}

/** A profile while it is open: its keys, its database, its network, and what it is a member of. */
export interface Session {
  readonly store: Store
  readonly network: Network
  readonly joining: JoiningProcess
  readonly feed: Feed
  readonly device: DeviceId
  readonly keys: DeviceKeys
  /** Undefined before an organisation is founded or joined. */
  member(): Member | undefined
  problem(): ErrorCode | null
  found(input: {
    organisation: string
    name: string
    title: string
    deviceName: string
    passphrase: string
  }): Promise<readonly string[]>
  join(link: string, deviceName: string): Promise<void>
  cancelJoin(): Promise<void>
  /** Looks for everybody again at once. */
  refreshNetwork(): Promise<void>
  onStatusChanged(listener: () => void): () => void
  /** Hangs up, closes the database and forgets the keys. */
  close(): Promise<void>
}

/** Throws what opening the database throws; the network starts by itself where there is somebody to look for. */
export const openSession = async (init: SessionInit): Promise<Session> => {
  const opened = await openProfileStore(init.databasePath, init.key, init.provider)
  try {
    return await composeSession(init, opened)
  } catch (error) {
    opened.store.close()
    throw error
  }
}

const composeSession = async (init: SessionInit, { store, keys, epoch }: OpenedProfile): Promise<Session> => {
  const { provider, now, log, onReceived } = init
  const device = deviceIdOf(keys.sig.publicKey)
  const changed = createEmitter()
  const disk = watchDisk(store, changed.emit)
  let networkFailure: ErrorCode | null = null
  let member: Member | undefined

  const admit = (other: DeviceId): Admission => {
    if (member !== undefined) return member.admit(other)
    return joining.administrators().includes(other) ? 'join-only' : 'refused'
  }
  const network = createNetwork({
    identitySeed: keys.sig.seed,
    ...init.network,
    admit,
    memberDevices: () =>
      member === undefined
        ? joining.administrators()
        : member.membership.directory.devices().filter(other => other !== device),
    hello: () => member?.hello() ?? new Uint8Array(),
    rememberedAddresses: createRememberedAddresses(store, now, log),
    log,
    now,
  })

  const enterOrganisation = async () => {
    member = await openMember({ store, provider, keys, device, network, now, log, onReceived })
    member?.onChanged(changed.emit)
    member?.membership.onChanged(() => void runNetwork())
    changed.emit()
  }

  /** Runs while there is anybody to look for. A network that cannot start is told in the status; all else goes on. */
  const runNetwork = async () => {
    const isNeeded = member === undefined ? joining.administrators().length > 0 : member.membership.isMember()
    try {
      if (isNeeded) await network.start()
      else await network.stop()
      networkFailure = null
    } catch (error) {
      networkFailure = error instanceof LanyardError ? error.code : 'network-failed'
      log.error({ error: String(error) }, 'the network cannot start')
    }
    changed.emit()
  }

  const joining = createJoining({
    store,
    provider,
    keys,
    network,
    now,
    log,
    onJoined: async () => {
      await enterOrganisation()
      network.admissionChanged()
    },
  })

  network.on('device-connected', event => member?.onConnected(event.device, event.hello))
  network.on('device-disconnected', event => member?.onDisconnected(event.device))
  network.on('frame', ({ device: from, bytes, waitUntil }) => {
    if (member !== undefined) waitUntil(member.delivery.onFrame(from, bytes))
  })
  network.on('drain', event => member?.delivery.onDrain(event.device))
  network.on('join-connection', event => joining.onReachable(event.device))
  network.on('status', () => changed.emit())
  network.handle(ORG_PROTOCOL, async request => {
    if (member === undefined) throw new LanyardError('not-joined', 'This device has no organisation yet')
    return member.answerSync(request.device, request.bytes)
  })
  network.handle(JOIN_PROTOCOL, request => {
    if (member === undefined) throw new LanyardError('not-joined', 'This device has no organisation yet')
    return member.requests.answer(request)
  })
  joining.onChanged(changed.emit)

  const admin: AdminRows = {
    invitation: id => member?.invitations.find(id) ?? null,
    invitations: () => member?.invitations.all() ?? [],
    joinRequest: id => member?.requests.find(id) ?? null,
    joinRequests: () => member?.requests.waiting() ?? [],
  }

  await enterOrganisation()
  joining.resume()
  const starting = runNetwork()

  let closing: Promise<void> | undefined
  const shut = async () => {
    joining.stop()
    disk.stop()
    await starting
    await network.stop()
    await member?.stop()
    store.close()
    wipe(keys.sig.seed, keys.dh.secret)
  }

  const expectNoOrganisation = () => {
    if (member !== undefined)
      throw new LanyardError('already-joined', 'This profile belongs to an organisation already')
  }

  return {
    store,
    network,
    joining,
    feed: createFeed({ store, admin, epoch }),
    device,
    keys,
    member: () => member,
    problem: () => disk.problem() ?? networkFailure,
    async found({ passphrase, ...input }) {
      expectNoOrganisation()
      const asked = joining.status()
      if (asked?.state === 'searching' || asked?.state === 'waiting')
        throw new LanyardError('already-joined', 'A request to join is under way')
      if (asked !== null) await joining.cancel()
      const { recoveryWords, adminSeed } = await found({ store, provider, keys, now }, { ...input, passphrase })
      await enterOrganisation()
      member?.adminKey.hold(adminSeed)
      await runNetwork()
      return recoveryWords
    },
    async join(link, deviceName) {
      expectNoOrganisation()
      await joining.start(link, deviceName)
      await runNetwork()
      network.admissionChanged()
      joining.resume()
    },
    async cancelJoin() {
      expectNoOrganisation()
      await joining.cancel()
      await runNetwork()
    },
    async refreshNetwork() {
      await runNetwork()
      network.refresh()
    },
    onStatusChanged: changed.on,
    close: () => {
      closing ??= shut()
      return closing
    },
  }
}
