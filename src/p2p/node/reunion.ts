import type { DeviceId } from '../../shared/ids.ts'
import { KNOCK_INTERVAL, KNOCKS_AT_ONCE, MAX_LOST, QUICK_FOR, SLOW_EVERY, SLOW_FOR } from './constants.ts'

export interface ReunionInit {
  /** Milliseconds of a clock that is never set. */
  now(): number
  isConnected(device: DeviceId): boolean
  /** Addresses of the device at the host where it was connected. */
  addresses(device: DeviceId, host: string): readonly string[]
  /** Whether anybody listens there; answers within less than `KNOCK_INTERVAL`. */
  knock(address: string): Promise<boolean>
  /** Somebody listens there again. */
  onAnswer(device: DeviceId): void
}

export interface Reunion {
  /** A session ended that was connected from or at this IP address. */
  lost(device: DeviceId, host: string): void
  forget(device: DeviceId): void
  stop(): void
}

interface Lost {
  host: string
  since: number
  isKnocking: boolean
}

/**
 * Finds out within a second that a network which fell apart is whole again, where no discovery can tell. Devices lost
 * lately are knocked at in turn, a few at once however many were lost; when one answers the others are likely back too and
 * come next without a pause. Knocks go to the IP address where the device really was, never to one that it only told of,
 * so nobody can turn its colleagues against a third party.
 */
export const createReunion = ({ now, isConnected, addresses, knock, onAnswer }: ReunionInit): Reunion => {
  const lost = new Map<DeviceId, Lost>()
  let timer: NodeJS.Timeout | undefined
  let ticks = 0
  let isStopped = false

  const age = ({ since }: Lost) => now() - since
  const knockAt = async (device: DeviceId, one: Lost): Promise<boolean> => {
    one.isKnocking = true
    lost.delete(device) // the map keeps insertion order: who was asked last goes to the end
    lost.set(device, one)
    const answers = await Promise.all(addresses(device, one.host).map(knock))
    one.isKnocking = false
    if (!answers.includes(true) || lost.get(device) !== one) return false
    lost.delete(device)
    if (!isConnected(device)) onAnswer(device)
    return true
  }
  const round = async (): Promise<void> => {
    for (const [device, one] of lost) if (isConnected(device) || age(one) > SLOW_FOR) lost.delete(device)
    const idle = [...lost].filter(([, { isKnocking }]) => !isKnocking)
    const quick = idle.filter(([, one]) => age(one) <= QUICK_FOR).slice(0, KNOCKS_AT_ONCE)
    const slow = idle.filter(([, one]) => age(one) > QUICK_FOR).slice(0, ticks % SLOW_EVERY === 0 ? 1 : 0)
    const answers = await Promise.all([...quick, ...slow].map(([device, one]) => knockAt(device, one)))
    if (answers.includes(true)) await round()
  }
  const tick = () => {
    ticks += 1
    if (lost.size === 0) rest()
    else void round()
  }
  const rest = () => {
    clearInterval(timer)
    timer = undefined
  }

  return {
    lost(device, host) {
      if (isStopped) return
      lost.delete(device)
      lost.set(device, { host, since: now(), isKnocking: false })
      const [longestLost] = lost.keys()
      if (lost.size > MAX_LOST && longestLost !== undefined) lost.delete(longestLost)
      timer ??= setInterval(tick, KNOCK_INTERVAL)
    },
    forget: device => void lost.delete(device),
    stop() {
      isStopped = true
      lost.clear()
      rest()
    },
  }
}
