import { type CryptoProvider, type DeviceKeys, publicKeysOf } from '../../crypto/index.ts'
import {
  assertInvitationOpen,
  createJoinRequest,
  deviceIdOf,
  encodeInvitation,
  type Invitation,
  joinFingerprint,
  parseInvitation,
} from '../../org/index.ts'
import { JOIN_PROTOCOL, type Network } from '../../p2p/index.ts'
import type { Joining } from '../../shared/contract/entities.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createEmitter } from '../emitter.ts'
import type { Store } from '../storage/store.ts'
import { type JoinOutcome, readAnswer } from './join-attempt.ts'
import { beginMembership } from './membership.ts'
import { deleteOwnJoin, findOwnJoin, type OwnJoinRow, saveOwnJoin } from './own-join-row.ts'
import { createRetry } from './retry.ts'

/** The joining side. It goes on by itself after a restart or a lost connection until there is an answer. */
export interface JoiningProcess {
  status(): Joining | null
  /** Whether there is somebody to ask: not after an answer, until it is started anew. */
  isUnderWay(): boolean
  /** Whom to look for and to let near: the devices that the invitation names. */
  administrators(): readonly DeviceId[]
  /** Throws `invitation-malformed`, `invitation-expired`, `already-joined` while another request is under way. */
  start(link: string, deviceName: string): Promise<void>
  cancel(): Promise<void>
  /** Asks again, when the network runs; does nothing when there is nothing to ask. */
  resume(): void
  /** A connection to a device that lets us join has come up. */
  onReachable(device: DeviceId): void
  /** Heard on the LAN, or not any more. Unproven: good for showing who is probably there, and for nothing else. */
  onNearby(device: DeviceId, isNearby: boolean): void
  onChanged(listener: () => void): () => void
  stop(): void
}

export interface JoiningInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  network: Pick<Network, 'dial' | 'requestAll'>
  now(): number
  log: Log
  /** The organisation is stored; called once. */
  onJoined(): Promise<void>
}

interface Running {
  stopping: AbortController
  invitation: Invitation
  reachable: Set<DeviceId>
  wake: Map<DeviceId, () => void>
}

export const createJoining = (init: JoiningInit): JoiningProcess => {
  const { store, provider, keys, network, now, log, onJoined } = init
  const changed = createEmitter()
  const self = deviceIdOf(keys.sig.publicKey)
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

  const settle = async (outcome: JoinOutcome, invitation: Invitation) => {
    if (row === undefined) return
    halt()
    if (outcome.kind !== 'joined') {
      const failure = outcome.kind === 'failed' ? outcome.code : null
      await keep({ ...row, state: outcome.kind, failure })
      return
    }
    await store.write(tx => {
      beginMembership(tx, outcome.trusted, invitation.personId)
      deleteOwnJoin(tx)
    })
    row = undefined
    await onJoined()
  }

  const setReachable = async (attempt: Running, device: DeviceId, isReachable: boolean) => {
    if (isReachable) attempt.reachable.add(device)
    else attempt.reachable.delete(device)
    if (running !== attempt || row === undefined) return
    const state = attempt.reachable.size > 0 ? 'waiting' : 'searching'
    if (row.state === state) changed.emit()
    else await keep({ ...row, state })
  }

  /** One request to one device: its outcome, or undefined when the line broke before there was one. */
  const ask = async (attempt: Running, via: Invitation['via'][number], deviceName: string) => {
    const { invitation, stopping } = attempt
    const target = { organisation: invitation.organisation, personId: invitation.personId, device: self }
    await network.dial(via.device, via.addresses, stopping.signal)
    const request = createJoinRequest(provider, invitation, { keys, deviceName, now: now() })
    let outcome: JoinOutcome | undefined
    try {
      for await (const answer of network.requestAll(via.device, JOIN_PROTOCOL, request, stopping.signal)) {
        outcome = readAnswer(provider, target, answer, now())
        if (outcome !== undefined) return outcome
        await setReachable(attempt, via.device, true)
      }
      return undefined
    } finally {
      if (outcome === undefined) await setReachable(attempt, via.device, false)
    }
  }

  const pursue = async (attempt: Running, via: Invitation['via'][number], deviceName: string) => {
    const { signal } = attempt.stopping
    const retry = createRetry(signal)
    attempt.wake.set(via.device, retry.now)
    while (!signal.aborted) {
      try {
        const outcome = await ask(attempt, via, deviceName)
        if (outcome !== undefined && running === attempt) return await settle(outcome, attempt.invitation)
        retry.reset()
      } catch (error) {
        if (!isLanyardError(error)) throw error
        if (!signal.aborted) log.debug({ device: via.device, code: error.code }, 'an administrator cannot be asked yet')
      }
      await retry.pause()
    }
  }

  const resume = () => {
    if (running !== undefined || row === undefined || !isUnderWay()) return
    const { invitation: link, device_name } = row
    const invitation = parseInvitation(provider, link)
    const attempt: Running = { stopping: new AbortController(), invitation, reachable: new Set(), wake: new Map() }
    running = attempt
    for (const via of invitation.via)
      pursue(attempt, via, device_name).catch((error: unknown) => {
        log.error({ error }, 'the request to join ended by a failure')
        if (running === attempt) halt()
      })
  }

  return {
    status() {
      if (row === undefined) return null
      const invitation = parseInvitation(provider, row.invitation)
      return {
        organisation: invitation.organisationName,
        name: invitation.name,
        title: invitation.title,
        words: [...joinFingerprint(provider, invitation.organisation, publicKeysOf(keys))],
        startedAt: row.started_at,
        state: row.state,
        administrators: invitation.via.map(({ device, name }) => ({
          name,
          isReachable: (running?.reachable.has(device) ?? false) || (isUnderWay() && nearby.has(device)),
        })),
        failure: row.failure,
      }
    },
    administrators: () =>
      row === undefined || !isUnderWay()
        ? []
        : parseInvitation(provider, row.invitation).via.map(({ device }) => device),
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
    isUnderWay,
    resume,
    onReachable: device => running?.wake.get(device)?.(),
    onNearby(device, isNearby) {
      if (isNearby) nearby.add(device)
      else nearby.delete(device)
      if (isUnderWay()) changed.emit()
    },
    onChanged: changed.on,
    stop: halt,
  }
}
