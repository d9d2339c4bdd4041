import type { Invitation } from '../../../org/index.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { JoinOutcome } from './join-outcome.ts'
import type { Line, Pursue, Pursuit } from './join-pursuit.ts'

/** One request to join, asked of several devices at once until one of them has the answer. */
export interface JoinAttempt {
  /** Asks the device again and again while it is there; nothing where that is under way already. */
  ask(line: Line): void
  /** A connection to the device has come up: it is asked at once. */
  wake(device: DeviceId): void
  /** Whether the device holds the request at this moment. */
  isHeldBy(device: DeviceId): boolean
  /** Nobody is asked any more, and none of the callbacks is called again. */
  stop(): void
}

export interface JoinAttemptInit {
  invitation: Invitation
  /** Always the same one: it goes around among colleagues, and each new one would be news to all of them. */
  request: Uint8Array
  pursue: Pursue
  /** Whether a device that the invitation does not name can be asked. */
  isNear(device: DeviceId): boolean
  /** Somebody has taken the request or let it go; true while anybody holds it. */
  onHolding(isAnybodyHolding: boolean): Promise<void>
  onOutcome(outcome: JoinOutcome): Promise<void>
  /** By a bug, or because nothing can be written; it is named in the log. */
  onFailed(): void
  log: Log
}

export const createJoinAttempt = (init: JoinAttemptInit): JoinAttempt => {
  const { invitation, request, pursue, isNear, onHolding, onOutcome, onFailed, log } = init
  const stopping = new AbortController()
  const asked = new Set<DeviceId>()
  const holding = new Set<DeviceId>()
  const wakes = new Map<DeviceId, () => void>()

  const pursuit: Pursuit = {
    invitation,
    request,
    signal: stopping.signal,
    isThere: ({ device, isNamed }) => isNamed || isNear(device),
    async onHolding(device, isHolding) {
      if (isHolding) holding.add(device)
      else holding.delete(device)
      if (!stopping.signal.aborted) await onHolding(holding.size > 0)
    },
    onWake: (device, wake) => void wakes.set(device, wake),
  }

  const askUntilAnswered = async (line: Line) => {
    const outcome = await pursue(pursuit, line)
    // a stranger stays asked; whoever has gone may come back
    if (outcome === undefined && !isNear(line.device)) asked.delete(line.device)
    if (outcome !== undefined && !stopping.signal.aborted) await onOutcome(outcome)
  }

  return {
    ask(line) {
      if (asked.has(line.device)) return
      asked.add(line.device)
      askUntilAnswered(line).catch((error: unknown) => {
        log.error({ error }, 'the request to join ended by a failure')
        if (!stopping.signal.aborted) onFailed()
      })
    },
    wake: device => wakes.get(device)?.(),
    isHeldBy: device => holding.has(device),
    stop: () => stopping.abort(new Error('the request is over')),
  }
}
