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
import { createJoinAttempt, type JoinAttempt } from './join-attempt.ts'
import { type JoinOutcome, trustBundle } from './join-outcome.ts'
import { createPursue, targetOf } from './join-pursuit.ts'
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
  /** Whether to connect with this device: one of those, or one that is near and may carry the request. */
  letsNear(device: DeviceId): boolean
  /** Throws `invitation-malformed`, `invitation-expired`, `already-joined` while another request is under way. */
  start(link: string, deviceName: string): Promise<void>
  cancel(): Promise<void>
  /** The request for a file, and whose it is. Throws `not-joined` where nothing is under way. */
  requestNotice(): { name: string; notice: Notice }
  /**
   * The answer as a file. Throws `not-joined` where nothing is asked for, `document-malformed` where the list does not
   * name this device yet, and what a bundle is refused for.
   */
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

/** What is asked for, as it is kept, and the invitation in it. */
interface Own {
  readonly row: OwnJoinRow
  readonly invitation: Invitation
}

const notJoining = () => new LanyardError('not-joined', 'This device does not ask to join anywhere')

export const createJoining = (init: JoiningInit): JoiningProcess => {
  const { store, provider, keys, now, log, onJoined } = init
  const changed = createEmitter()
  const pursue = createPursue(init)
  const nearby = new Set<DeviceId>()
  let attempt: JoinAttempt | undefined

  const readOwn = (row: OwnJoinRow): Own => ({ row, invitation: parseInvitation(provider, row.invitation) })
  const stored = findOwnJoin(store)
  let own = stored && readOwn(stored)

  /** Undefined also once there is an answer. */
  const asking = (): Own | undefined =>
    own?.row.state === 'searching' || own?.row.state === 'waiting' ? own : undefined

  const isUnderWay = () => asking() !== undefined

  const keep = async (next: Own) => {
    await store.write(tx => saveOwnJoin(tx, next.row))
    own = next
    changed.emit()
  }

  const halt = () => {
    attempt?.stop()
    attempt = undefined
  }

  const enter = async (trusted: TrustedState, { personId }: Invitation) => {
    halt()
    await store.write(tx => {
      beginMembership(tx, trusted, personId)
      deleteOwnJoin(tx)
    })
    own = undefined
    await onJoined()
  }

  const settle = async (outcome: JoinOutcome) => {
    if (own === undefined) return
    if (outcome.kind === 'joined') return enter(outcome.trusted, own.invitation)
    halt()
    const failure = outcome.kind === 'failed' ? outcome.code : null
    await keep({ ...own, row: { ...own.row, state: outcome.kind, failure } })
  }

  const noteHolding = async (isAnybodyHolding: boolean) => {
    if (own === undefined) return
    const state = isAnybodyHolding ? 'waiting' : 'searching'
    if (own.row.state === state) changed.emit()
    else await keep({ ...own, row: { ...own.row, state } })
  }

  const requestOf = ({ row, invitation }: Own) =>
    createJoinRequest(provider, invitation, { keys, deviceName: row.device_name, now: row.started_at })

  const isNamed = (device: DeviceId) => own?.invitation.via.some(each => each.device === device) ?? false

  const askNeighbour = (device: DeviceId) => {
    if (!isNamed(device)) attempt?.ask({ device, addresses: [], isNamed: false })
  }

  return {
    status() {
      if (own === undefined) return null
      const { row, invitation } = own
      return {
        organisation: invitation.organisationName,
        name: invitation.name,
        title: invitation.title,
        words: [...joinFingerprint(provider, invitation.organisation, publicKeysOf(keys))],
        startedAt: row.started_at,
        state: row.state,
        administrators: invitation.via.map(({ device, name }) => ({
          name,
          isReachable: (attempt?.isHeldBy(device) ?? false) || (isUnderWay() && nearby.has(device)),
        })),
        failure: row.failure,
      }
    },
    isUnderWay,
    administrators: () => asking()?.invitation.via.map(({ device }) => device) ?? [],
    letsNear: device => isUnderWay() && (nearby.has(device) || isNamed(device)),
    async start(link, deviceName) {
      if (isUnderWay()) throw new LanyardError('already-joined', 'A request to join is under way already')
      const invitation = parseInvitation(provider, link)
      assertInvitationOpen(invitation, now())
      const checked = encodeInvitation(provider, invitation)
      await keep({
        row: { invitation: checked, device_name: deviceName, started_at: now(), state: 'searching', failure: null },
        invitation,
      })
    },
    async cancel() {
      halt()
      nearby.clear() // the network stops, and tells nobody who has gone
      await store.write(deleteOwnJoin)
      own = undefined
      changed.emit()
    },
    requestNotice() {
      const current = asking()
      if (current === undefined) throw notJoining()
      return { name: current.invitation.name, notice: noticeOfRequest(provider, requestOf(current)) }
    },
    async takeBundle(bundle) {
      if (own === undefined) throw notJoining()
      const { invitation } = own
      const outcome = trustBundle(provider, targetOf(provider, invitation, keys), bundle, now())
      if (outcome.kind === 'failed') throw new LanyardError(outcome.code, 'The file is no answer to the request')
      await enter(outcome.trusted, invitation)
      return outcome.trusted
    },
    resume() {
      const current = asking()
      if (attempt !== undefined || current === undefined) return
      const { invitation } = current
      attempt = createJoinAttempt({
        invitation,
        request: requestOf(current),
        pursue,
        isNear: device => nearby.has(device),
        onHolding: noteHolding,
        onOutcome: settle,
        onFailed: halt,
        log,
      })
      for (const { device, addresses } of invitation.via) attempt.ask({ device, addresses, isNamed: true })
      for (const device of nearby) askNeighbour(device)
    },
    onReachable: device => attempt?.wake(device),
    onNearby(device, isNearby) {
      if (!isNearby) nearby.delete(device)
      else if (nearby.size < MAX_NEIGHBOURS || isNamed(device)) nearby.add(device)
      if (nearby.has(device)) askNeighbour(device)
      if (isUnderWay()) changed.emit()
    },
    onChanged: changed.on,
    stop: halt,
  }
}
