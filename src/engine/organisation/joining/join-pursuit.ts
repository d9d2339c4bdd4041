import type { CryptoProvider, DeviceKeys } from '../../../crypto/index.ts'
import { createHail, deviceIdOf, type Invitation, invitationIdOf, isHailAnswered } from '../../../org/index.ts'
import { JOIN_PROTOCOL, type Network } from '../../../p2p/index.ts'
import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import { type JoinOutcome, type JoinTarget, readAnswer } from './join-outcome.ts'
import { createRetry } from './retry.ts'

/** Somebody to ask. */
export interface Line {
  readonly device: DeviceId
  readonly addresses: readonly string[]
  /** By the invitation. Anybody else must know the organisation before they hear who asks. */
  readonly isNamed: boolean
}

export interface PursuitInit {
  provider: CryptoProvider
  keys: DeviceKeys
  network: Pick<Network, 'dial' | 'request' | 'requestAll'>
  now(): number
  log: Log
}

/** What is asked for, and who hears of how it goes. */
export interface Pursuit {
  readonly invitation: Invitation
  readonly request: Uint8Array
  /** Ends it. */
  readonly signal: AbortSignal
  /** Whether it is still worth asking. */
  isThere(line: Line): boolean
  /** Whether the device holds the request at this moment. */
  onHolding(device: DeviceId, isHolding: boolean): Promise<void>
  /** Gives the way to ask a device at once. */
  onWake(device: DeviceId, wake: () => void): void
}

/** Who asks with an invitation, and whose word counts. */
export const targetOf = (
  provider: CryptoProvider,
  { organisation, personId, secret, via }: Invitation,
  keys: DeviceKeys,
): JoinTarget => ({
  organisation,
  personId,
  invitation: invitationIdOf(provider, secret),
  device: deviceIdOf(keys.sig.publicKey),
  named: via.map(({ device }) => device),
})

/**
 * Asks one device to let this one in, again and again. Resolves with the answer, or with undefined once there is no use in
 * asking it any more.
 */
export type Pursue = (pursuit: Pursuit, line: Line) => Promise<JoinOutcome | undefined>

export const createPursue = ({ provider, keys, network, now, log }: PursuitInit): Pursue => {
  const isColleague = async (target: JoinTarget, answerer: DeviceId, signal: AbortSignal): Promise<boolean> => {
    const { nonce, bytes } = createHail(provider)
    const answer = await network.request(answerer, JOIN_PROTOCOL, bytes, signal)
    return isHailAnswered(
      provider,
      { organisation: target.organisation, asker: target.device, answerer },
      nonce,
      answer,
    )
  }

  /** One request to one device: its outcome; undefined when the line broke before there was one. */
  const ask = async (pursuit: Pursuit, line: Line): Promise<JoinOutcome | 'stranger' | undefined> => {
    const { invitation, request, signal } = pursuit
    const { device, addresses, isNamed } = line
    const target = targetOf(provider, invitation, keys)
    await network.dial(device, addresses, signal)
    if (!isNamed && !(await isColleague(target, device, signal))) return 'stranger'
    let outcome: JoinOutcome | undefined
    try {
      for await (const bytes of network.requestAll(device, JOIN_PROTOCOL, request, signal)) {
        outcome = readAnswer(provider, target, { bytes, isNamed }, now())
        if (outcome !== undefined) return outcome
        await pursuit.onHolding(device, true)
      }
      return undefined
    } finally {
      if (outcome === undefined) await pursuit.onHolding(device, false)
    }
  }

  return async (pursuit, line) => {
    const retry = createRetry(pursuit.signal)
    pursuit.onWake(line.device, retry.now)
    while (!pursuit.signal.aborted && pursuit.isThere(line)) {
      try {
        const outcome = await ask(pursuit, line)
        if (outcome === 'stranger') return undefined
        if (outcome !== undefined) return outcome
        if (line.isNamed) retry.reset()
      } catch (error) {
        if (!isLanyardError(error)) throw error
        if (!pursuit.signal.aborted)
          log.debug({ device: line.device, code: error.code }, 'a device cannot be asked yet')
      }
      await retry.pause()
    }
    return undefined
  }
}
