import type { DeviceId } from '../../shared/ids.ts'
import {
  FEW_MEMBERS,
  MAX_SEEDS,
  PARALLEL_SEEDS,
  SEED_CHECK,
  SEED_PATIENCE,
  SEED_RETRY,
  SEED_RETRY_OF_FEW,
  STRANGE_SEED_RETRY,
} from './constants.ts'

/** Who answered at a seed address, proven by Noise. */
export interface SeedAnswer {
  device: DeviceId
  /** False when it is not on our contact list. */
  isAdmitted: boolean
}

export interface SeedsInit {
  /** Milliseconds of a clock that is never set. */
  now(): number
  /** Uniform in [0, 1). */
  random(): number
  /** The policy's seed addresses: multiaddrs with or without `/p2p/<PeerId>`. */
  addresses(): Iterable<string>
  /** The device that is connected at this very address: there is no need to dial. */
  connectedAt(address: string): DeviceId | undefined
  /** Our own address, or of a form or kind that this device does not dial. */
  isSenseless(address: string): boolean
  isAdmitted(device: DeviceId): boolean
  isConnected(device: DeviceId): boolean
  /** Number of members connected. */
  connected(): number
  /** Dials without knowing beforehand who is there; rejects when nobody answers. */
  dial(address: string, signal: AbortSignal): Promise<SeedAnswer>
}

export interface Seeds {
  start(): void
  stop(): void
  /** Start, wake, another network: all back-off is forgotten. */
  round(): void
  /** The policy or the list has changed. */
  admissionChanged(): void
}

interface Seed {
  device: DeviceId | undefined
  isStrange: boolean
  failures: number
  dueAt: number
  isDialling: boolean
}

/** Jitter so that an office that starts together does not fall upon its seed in one instant. Milliseconds. */
const FIRST_WAIT = 200

/**
 * Ways into other parts of the network, named by the signed policy: each is dialled until the device behind it is
 * connected. The key that answers decides who it is, and the contact list whether it may; an address where a stranger
 * answers is left alone for a while.
 */
export const createSeeds = (init: SeedsInit): Seeds => {
  const { now, random, isConnected } = init
  const seeds = new Map<string, Seed>()
  let timer: NodeJS.Timeout | undefined
  let dialling = 0
  const stopping = new AbortController()

  const read = () => {
    const wanted = [...new Set(init.addresses())].slice(0, MAX_SEEDS)
    for (const address of seeds.keys()) if (!wanted.includes(address)) seeds.delete(address)
    for (const address of wanted) if (!seeds.has(address)) seeds.set(address, fresh())
  }
  const soon = () => now() + random() * FIRST_WAIT
  const fresh = (): Seed => ({
    device: undefined,
    isStrange: false,
    failures: 0,
    dueAt: soon(),
    isDialling: false,
  })
  const retryAfter = ({ failures, isStrange }: Seed): number => {
    const usual = init.connected() <= FEW_MEMBERS ? SEED_RETRY_OF_FEW : SEED_RETRY
    const { min, max } = isStrange ? STRANGE_SEED_RETRY : usual
    return Math.min(min * 2 ** Math.min(failures - 1, 20), max) * (0.8 + random() * 0.4)
  }
  const dial = async (address: string, seed: Seed) => {
    dialling += 1
    seed.isDialling = true
    const answer = await init.dial(address, stopping.signal).catch(() => undefined) // nobody there: that is the answer
    seed.isDialling = false
    dialling -= 1
    seed.device = answer?.device ?? seed.device
    seed.isStrange = answer?.isAdmitted === false && !init.isAdmitted(answer.device) // the list may have changed since
    // a connection that brings no session until then counts as a failure too
    seed.failures += 1
    seed.dueAt = now() + retryAfter(seed)
  }
  const isSatisfied = (seed: Seed): boolean => {
    if (seed.device === undefined || !isConnected(seed.device)) return false
    // when it is lost the dialer is given some time to bring it back
    Object.assign(seed, { isStrange: false, failures: 0, dueAt: now() + SEED_PATIENCE })
    return true
  }
  const look = () => {
    for (const [address, seed] of seeds) {
      if (dialling >= PARALLEL_SEEDS) return
      const leadsNowhere = seed.isDialling || now() < seed.dueAt || init.isSenseless(address)
      if (isSatisfied(seed) || leadsNowhere) continue
      seed.device = init.connectedAt(address) ?? seed.device
      if (!isSatisfied(seed)) void dial(address, seed)
    }
  }

  return {
    start() {
      read()
      timer = setInterval(look, SEED_CHECK)
    },
    stop() {
      clearInterval(timer)
      stopping.abort(new Error('the network stops'))
      seeds.clear()
    },
    round() {
      for (const seed of seeds.values()) Object.assign(seed, { isStrange: false, failures: 0, dueAt: soon() })
    },
    admissionChanged() {
      read()
      for (const seed of seeds.values()) {
        if (!seed.isStrange || seed.device === undefined || !init.isAdmitted(seed.device)) continue
        Object.assign(seed, { isStrange: false, failures: 0, dueAt: now() })
      }
    },
  }
}
