import { type CryptoProvider, type DeviceKeys, publicKeysOf } from '../../../crypto/index.ts'
import {
  assertInvitationOpen,
  createJoinRequest,
  encodeInvitation,
  type Invitation,
  joinFingerprint,
  type Notice,
  noticeOfRequest,
  parseInvitation,
  type TrustedState,
} from '../../../org/index.ts'
import type { Network } from '../../../p2p/index.ts'
import type { Joining } from '../../../shared/contract/entities.ts'
import { LanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store } from '../../storage/store.ts'
import { beginMembership } from '../list/membership.ts'
import { type JoinOutcome, trustBundle } from './join-attempt.ts'
import { createPursuits, type Line, type Pursuit, targetOf } from './join-pursuit.ts'
import { deleteOwnJoin, findOwnJoin, type OwnJoinRow, saveOwnJoin } from './own-join-row.ts'

/** Devices near by that are asked whether they carry a request: more than an office floor has in one subnet. */
const MAX_NEIGHBOURS = 64

/** The joining side. It goes on by itself after a restart or a lost connection until there is an answer. */
export interface JoiningProcess {
  status(): Joining | null
  /** Whether there is somebody to ask: not after an answer, until it is started anew. */
  isUnderWay(): boolean
  /** Whom to look for: the devices that the invitation names. */
  administrators(): readonly DeviceId[]
  /** Those, and whoever is near and may carry the request. */
  letsNear(device: DeviceId): boolean
  /** Throws `invitation-malformed`, `invitation-expired`, `already-joined` while another request is under way. */
  start(link: string, deviceName: string): Promise<void>
  cancel(): Promise<void>
  /** The request for a file, and whose it is. Throws `not-joined` where nothing is under way. */
  requestNotice(): { name: string; notice: Notice }
  /** The answer as a file. Throws `not-joined` where nothing is asked for, `document-malformed` where the list does not name this device yet, and what a bundle is refused for. */
  takeBundle(bundle: Uint8Array): Promise<TrustedState>
  /** Asks again, when the network runs; does nothing when there is nothing to ask. */
  resume(): void
  /** A connection to a device that lets us join has come up. */
  onReachable(device: DeviceId): void
  /** Heard on the LAN, or not any more. Unproven: good for showing who is probably there, and whom to ask. */
  onNearby(device: DeviceId, isNearby: boolean): void
  onChanged(listener: () => void): () => void
  stop(): void
}

export interface JoiningInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  network: Pick<Network, 'dial' | 'request' | 'requestAll'>
  now(): number
  log: Log
  /** The organisation is stored; called once. */
  onJoined(): Promise<void>
}

interface Running {
  stopping: AbortController
  pursuit: Pursuit
  /** Who is being asked. */
  asked: Set<DeviceId>
  /** Who holds the request at this moment. */
  holding: Set<DeviceId>
  wake: Map<DeviceId, () => void>
}

const notJoining = (message: string) => new LanyardError('not-joined', message)

export const createJoining = (init: JoiningInit): JoiningProcess => {
  const { store, provider, keys, now, log, onJoined } = init
  const changed = createEmitter()
  const { pursue } = createPursuits(init)
  let row = findOwnJoin(store)
  let running: Running | undefined
  const nearby = new Set<DeviceId>()

  const isUnderWay = () => row?.state === 'searching' || row?.state === 'waiting'

  const keep = async (next: OwnJoinRow) => {
    await store.write(tx => saveOwnJoin(tx, next))
    row = next
    changed.emit()
  }

  const halt = () => {
    running?.stopping.abort(new Error('the request is over'))
    running = undefined
  }

  const enter = async (trusted: TrustedState, { personId }: Invitation) => {
    halt()
    await store.write(tx => {
      beginMembership(tx, trusted, personId)
      deleteOwnJoin(tx)
    })
    row = undefined
    await onJoined()
  }

  const settle = async (outcome: JoinOutcome, invitation: Invitation) => {
    if (row === undefined) return
    if (outcome.kind === 'joined') return enter(outcome.trusted, invitation)
    halt()
    await keep({ ...row, state: outcome.kind, failure: outcome.kind === 'failed' ? outcome.code : null })
  }

  const setHolding = async (attempt: Running, device: DeviceId, isHolding: boolean) => {
    if (isHolding) attempt.holding.add(device)
    else attempt.holding.delete(device)
    if (running !== attempt || row === undefined) return
    const state = attempt.holding.size > 0 ? 'waiting' : 'searching'
    if (row.state === state) changed.emit()
    else await keep({ ...row, state })
  }

  const ask = (attempt: Running, line: Line) => {
    if (attempt.asked.has(line.device)) return
    attempt.asked.add(line.device)
    const work = async () => {
      const outcome = await pursue(attempt.pursuit, line)
      // a stranger stays asked; whoever has gone may come back
      if (outcome === undefined && !nearby.has(line.device)) attempt.asked.delete(line.device)
      if (outcome !== undefined && running === attempt) await settle(outcome, attempt.pursuit.invitation)
    }
    work().catch((error: unknown) => {
      log.error({ error }, 'the request to join ended by a failure')
      if (running === attempt) halt()
    })
  }

  const invitationOf = ({ invitation }: OwnJoinRow) => parseInvitation(provider, invitation)

  const requestOf = ({ device_name: deviceName, started_at }: OwnJoinRow, invitation: Invitation) =>
    createJoinRequest(provider, invitation, { keys, deviceName, now: started_at })

  const isNamed = (device: DeviceId) => row !== undefined && invitationOf(row).via.some(each => each.device === device)

  const askNeighbour = (attempt: Running, device: DeviceId) => {
    if (!isNamed(device)) ask(attempt, { device, addresses: [], isNamed: false })
  }

  const resume = () => {
    if (running !== undefined || row === undefined || !isUnderWay()) return
    const invitation = invitationOf(row)
    const stopping = new AbortController()
    const attempt: Running = {
      stopping,
      asked: new Set(),
      holding: new Set(),
      wake: new Map(),
      pursuit: {
        invitation,
        request: requestOf(row, invitation),
        signal: stopping.signal,
        isThere: line => line.isNamed || nearby.has(line.device),
        onHolding: (device, isHolding) => setHolding(attempt, device, isHolding),
        onWake: (device, wake) => void attempt.wake.set(device, wake),
      },
    }
    running = attempt
    for (const { device, addresses } of invitation.via) ask(attempt, { device, addresses, isNamed: true })
    for (const device of nearby) askNeighbour(attempt, device)
  }

  return {
    status() {
      if (row === undefined) return null
      const invitation = invitationOf(row)
      return {
        organisation: invitation.organisationName,
        name: invitation.name,
        title: invitation.title,
        words: [...joinFingerprint(provider, invitation.organisation, publicKeysOf(keys))],
        startedAt: row.started_at,
        state: row.state,
        administrators: invitation.via.map(({ device, name }) => ({
          name,
          isReachable: (running?.holding.has(device) ?? false) || (isUnderWay() && nearby.has(device)),
        })),
        failure: row.failure,
      }
    },
    administrators: () => (row === undefined || !isUnderWay() ? [] : invitationOf(row).via.map(({ device }) => device)),
    letsNear: device => isUnderWay() && (nearby.has(device) || isNamed(device)),
    async start(link, deviceName) {
      if (isUnderWay()) throw new LanyardError('already-joined', 'A request to join is under way already')
      const invitation = parseInvitation(provider, link)
      assertInvitationOpen(invitation, now())
      await keep({
        invitation: encodeInvitation(provider, invitation),
        device_name: deviceName,
        started_at: now(),
        state: 'searching',
        failure: null,
      })
    },
    async cancel() {
      halt()
      nearby.clear() // the network stops, and tells nobody who has gone
      await store.write(deleteOwnJoin)
      row = undefined
      changed.emit()
    },
    requestNotice() {
      if (row === undefined || !isUnderWay()) throw notJoining('This device does not ask to join anywhere')
      const invitation = invitationOf(row)
      return { name: invitation.name, notice: noticeOfRequest(provider, requestOf(row, invitation)) }
    },
    async takeBundle(bundle) {
      if (row === undefined) throw notJoining('This device does not ask to join anywhere')
      const invitation = invitationOf(row)
      const outcome = trustBundle(provider, targetOf(provider, invitation, keys), bundle, now())
      if (outcome.kind === 'failed') throw new LanyardError(outcome.code, 'The file is no answer to the request')
      await enter(outcome.trusted, invitation)
      return outcome.trusted
    },
    isUnderWay,
    resume,
    onReachable: device => running?.wake.get(device)?.(),
    onNearby(device, isNearby) {
      if (!isNearby) nearby.delete(device)
      else if (nearby.size < MAX_NEIGHBOURS || isNamed(device)) nearby.add(device)
      if (running !== undefined && nearby.has(device)) askNeighbour(running, device)
      if (isUnderWay()) changed.emit()
    },
    onChanged: changed.on,
    stop: halt,
  }
}
