import { type CryptoProvider, wipe } from '../crypto/index.ts'
import { deviceIdOf } from '../org/index.ts'
import type { Network } from '../p2p/index.ts'
import type { Message } from '../shared/contract/entities.ts'
import { type ErrorCode, LanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import { createInTurn, type InTurn } from '../shared/in-turn.ts'
import type { Log } from '../shared/log.ts'
import type { Asked } from './administration/asked.ts'
import { createFiles, type Files } from './administration/files.ts'
import { type AdminRows, createFeed, type Feed } from './conversations/feed.ts'
import { createEmitter } from './emitter.ts'
import { type Member, openMember } from './member.ts'
import { type FoundInput, found } from './organisation/joining/found.ts'
import { createJoining, type JoiningProcess } from './organisation/joining/joining.ts'
import { type OpenedProfile, openProfileStore } from './profile/opened-profile.ts'
import { createSessionNetwork, type NetworkOptions } from './session-network.ts'
import type { Store } from './storage/store.ts'
import { watchDisk } from './storage/watch-disk.ts'

export interface SessionInit {
  databasePath: string
  /** 32 bytes; wiped as soon as the database is open. */
  key: Uint8Array
  provider: CryptoProvider
  network: NetworkOptions
  now(): number
  log: Log
  onReceived(message: Message): void
  onAsked(asked: Asked): void
}

/** A profile while it is open: its keys, its database, its network, and what it is a member of. */
export interface Session {
  readonly store: Store
  readonly network: Network
  readonly joining: JoiningProcess
  readonly feed: Feed
  readonly files: Files
  readonly device: DeviceId
  /** Undefined before an organisation is founded or joined. */
  member(): Member | undefined
  problem(): ErrorCode | null
  /** Throws `passphrase-weak`, `already-joined`. */
  found(input: FoundInput): Promise<void>
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
  const { provider, now, log, onReceived, onAsked } = init
  const device = deviceIdOf(keys.sig.publicKey)
  const changed = createEmitter()
  const disk = watchDisk(store, changed.emit)
  let member: Member | undefined

  const {
    network,
    run,
    close: closeNetwork,
    failure,
  } = createSessionNetwork({
    store,
    options: init.network,
    device,
    identitySeed: keys.sig.seed,
    member: () => member,
    joining: () => joining,
    onStatusChanged: changed.emit,
    now,
    log,
  })
  const runNetwork = () => {
    run().catch((error: unknown) => log.error({ error }, 'the network failed by a bug'))
  }

  const enterOrganisation = async () => {
    member = await openMember({ store, provider, keys, device, network, now, log, onReceived, onAsked })
    member?.onChanged(changed.emit)
    member?.membership.onChanged(runNetwork)
    changed.emit()
  }

  const joining = createJoining({
    store,
    provider,
    keys,
    network,
    now,
    log,
    async onJoined() {
      await enterOrganisation()
      network.admissionChanged()
    },
  })
  joining.onChanged(() => {
    changed.emit()
    runNetwork() // an answer ends the search
  })

  const admin: AdminRows = {
    invitation: id => member?.invitations.find(id) ?? null,
    invitations: () => member?.invitations.all() ?? [],
    joinRequest: id => member?.requests.find(id) ?? null,
    joinRequests: () => member?.requests.waiting() ?? [],
  }

  await enterOrganisation()
  const starting = run().then(joining.resume)

  let closing: Promise<void> | undefined
  const shut = async () => {
    await starting
    joining.stop()
    disk.stop()
    await closeNetwork()
    await member?.stop()
    store.close()
    wipe(keys.sig.seed, keys.dh.secret)
  }

  /** Founding, joining and giving up one after the other: a profile gets into one organisation only. */
  const inTurn = createInTurn()
  const withoutOrganisation: InTurn = work =>
    inTurn(async () => {
      if (member === undefined) return work()
      throw new LanyardError('already-joined', 'This profile belongs to an organisation already')
    })

  return {
    store,
    network,
    joining,
    files: createFiles({ provider, member: () => member, joining, now }),
    feed: createFeed({ store, admin, epoch, isLocked: () => member?.lease.isOver() ?? false }),
    device,
    member: () => member,
    problem: () => disk.problem() ?? failure(),
    found: input =>
      withoutOrganisation(async () => {
        if (joining.isUnderWay()) throw new LanyardError('already-joined', 'A request to join is under way')
        if (joining.status() !== null) await joining.cancel()
        const adminSeed = await found({ store, provider, keys, now }, input)
        await enterOrganisation()
        member?.adminKey.hold(adminSeed)
        await run()
      }),
    join: (link, deviceName) =>
      withoutOrganisation(async () => {
        await joining.start(link, deviceName)
        await run()
        network.admissionChanged()
        joining.resume()
      }),
    cancelJoin: () =>
      withoutOrganisation(async () => {
        await joining.cancel()
        await run()
      }),
    async refreshNetwork() {
      await run()
      network.refresh()
    },
    onStatusChanged: changed.on,
    close: () => {
      closing ??= shut()
      return closing
    },
  }
}
