import type { DeviceId } from '../../shared/ids.ts'
import { evidenceDelay, rememberedDelay, retryDelay } from './backoff.ts'
import { ALIVE_RETRY, EVIDENCE_LASTS, KNOCK_TIMEOUT, PARALLEL_DIALS, TOLD_RETRY } from './constants.ts'

export interface DialerInit {
  self: DeviceId
  now(): number
  random(): number
  /** Resolves when there is a connection (the session may still fail), rejects when none could be made. */
  connect(device: DeviceId, signal: AbortSignal): Promise<void>
  hasAddress(device: DeviceId): boolean
  /** Heard on the LAN and not outlived. */
  isPresent(device: DeviceId): boolean
  isConnected(device: DeviceId): boolean
  isWanted(device: DeviceId): boolean
}

export interface Dialer {
  /** Heard on the LAN: `new` and `changed` reset the back-off, `known` is a sign of life. */
  heard(device: DeviceId, news: 'new' | 'changed' | 'known'): void
  /** It has signed where it listens, lately if `isRecent`; a colleague passed that on. */
  told(device: DeviceId, isRecent: boolean): void
  /** It was lost, and somebody listens at its address again. */
  answered(device: DeviceId): void
  /** A session ended. */
  lost(device: DeviceId): void
  connected(device: DeviceId): void
  /** Start, wake, other network: one round over everybody with an address, all back-off forgotten. */
  round(devices: Iterable<DeviceId>): void
  /** No longer wanted. */
  forget(device: DeviceId): void
  stop(): void
}

type Lane = keyof typeof PARALLEL_DIALS

interface Target {
  failures: number
  dialledAt: number
  timer?: NodeJS.Timeout
  dueAt: number
  isDialling: boolean
  /** Ends the dial under way. */
  cut: AbortController
  /** When its whereabouts last started a dial, and when there was other evidence than the LAN's that it is there. */
  toldAt: number
  evidenceAt: number
  lostAt: number
}

/**
 * Who is dialled when. Absent people cost nothing: they are tried in one round at start and wake and then ever more
 * rarely; evidence that they are there (heard on the LAN, they dialled us) makes up for it at once.
 */
export const createDialer = (init: DialerInit): Dialer => {
  const { self, now, random } = init
  const targets = new Map<DeviceId, Target>()
  const lanes = {
    present: { waiting: new Set<DeviceId>(), running: 0 },
    absent: { waiting: new Set<DeviceId>(), running: 0 },
  }
  const stopping = new AbortController()

  const targetOf = (device: DeviceId): Target => {
    const target = targets.get(device) ?? {
      failures: 0,
      dialledAt: Number.NEGATIVE_INFINITY,
      dueAt: Number.POSITIVE_INFINITY,
      isDialling: false,
      cut: new AbortController(),
      toldAt: Number.NEGATIVE_INFINITY,
      evidenceAt: Number.NEGATIVE_INFINITY,
      lostAt: Number.NEGATIVE_INFINITY,
    }
    targets.set(device, target)
    return target
  }
  const isNear = (device: DeviceId, target: Target) =>
    init.isPresent(device) || now() - target.evidenceAt < EVIDENCE_LASTS
  /** Who was connected a minute ago is worth quick retries, but no place among the few dials to those who are there. */
  const isHopeful = (device: DeviceId, target: Target) =>
    isNear(device, target) || now() - target.lostAt < EVIDENCE_LASTS
  const cancel = (target: Target) => {
    clearTimeout(target.timer)
    target.dueAt = Number.POSITIVE_INFINITY
  }
  /** An earlier date replaces a later one, never the other way round. */
  const plan = (device: DeviceId, delay: number) => {
    const target = targetOf(device)
    const dueAt = now() + delay
    if (stopping.signal.aborted || target.isDialling || target.dueAt <= dueAt) return
    clearTimeout(target.timer)
    target.dueAt = dueAt
    target.timer = setTimeout(() => {
      cancel(target)
      const lane = isNear(device, target) ? 'present' : 'absent'
      lanes[lane].waiting.add(device)
      pump(lane)
    }, delay)
  }
  const pump = (lane: Lane) => {
    for (const device of lanes[lane].waiting) {
      if (lanes[lane].running >= PARALLEL_DIALS[lane]) return
      lanes[lane].waiting.delete(device)
      const target = targets.get(device)
      if (target === undefined || target.isDialling) continue
      if (init.isConnected(device) || !init.isWanted(device) || !init.hasAddress(device)) continue
      void dial(device, target, lane)
    }
  }
  const dial = async (device: DeviceId, target: Target, lane: Lane) => {
    lanes[lane].running += 1
    target.isDialling = true
    target.dialledAt = now()
    target.cut = new AbortController()
    const isReached = await init.connect(device, AbortSignal.any([target.cut.signal, stopping.signal])).then(
      () => true,
      () => false,
    )
    target.isDialling = false
    lanes[lane].running -= 1
    if (targets.get(device) === target && !init.isConnected(device)) {
      if (target.cut.signal.aborted) plan(device, evidenceDelay(self, device, random))
      // a connection that brings no session within the back-off counts as a failure too
      else plan(device, retryDelay(++target.failures, isReached || isHopeful(device, target), random))
    }
    pump(lane)
  }

  return {
    heard(device, news) {
      if (init.isConnected(device)) return
      const target = targetOf(device)
      if (news !== 'known') target.failures = 0
      else if (now() - target.dialledAt < ALIVE_RETRY) return
      plan(device, evidenceDelay(self, device, random))
    },
    told(device, isRecent) {
      if (init.isConnected(device)) return
      const target = targetOf(device)
      if (now() - target.toldAt < TOLD_RETRY) return
      target.toldAt = now()
      target.failures = 0
      if (isRecent) target.evidenceAt = now()
      plan(device, (isRecent ? evidenceDelay : rememberedDelay)(self, device, random))
    },
    answered(device) {
      const target = targetOf(device)
      target.failures = 0
      target.evidenceAt = now()
      // a dial from before waits for a packet that was lost
      if (target.isDialling && now() - target.dialledAt > KNOCK_TIMEOUT)
        target.cut.abort(new Error('somebody listens there again'))
      plan(device, evidenceDelay(self, device, random))
    },
    lost(device) {
      const target = targetOf(device)
      target.failures = 0
      target.lostAt = now()
      plan(device, evidenceDelay(self, device, random))
    },
    connected(device) {
      const target = targetOf(device)
      target.failures = 0
      cancel(target)
    },
    round(devices) {
      for (const target of targets.values()) target.failures = 0
      for (const device of devices) {
        if (!init.isConnected(device) && init.hasAddress(device)) plan(device, rememberedDelay(self, device, random))
      }
    },
    forget(device) {
      const target = targets.get(device)
      if (target !== undefined) cancel(target)
      targets.delete(device)
    },
    stop() {
      stopping.abort(new Error('the network stops'))
      for (const target of targets.values()) cancel(target)
      for (const { waiting } of Object.values(lanes)) waiting.clear()
    },
  }
}
