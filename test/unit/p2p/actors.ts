import { randomInt } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { toHex } from '../../../src/crypto/bytes.ts'
import {
  type Admission,
  createNetwork,
  type Network,
  type NetworkEvents,
  type NetworkInit,
} from '../../../src/p2p/index.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'
import { silentLog } from '../../helpers/silent-log.ts'

/** One UDP port for all actors of a test file, so that files that run at once do not meet. */
export const freeDiscoveryPort = () => randomInt(20_000, 60_000)

export interface Actor {
  name: string
  device: DeviceId
  seed: Uint8Array
  network: Network
  /** What this actor's contact list says; anybody else is refused. */
  admissions: Map<DeviceId, Admission>
  /** Frames heard so far, as text. */
  frames: string[]
}

export const deviceOfSeed = (seed: Uint8Array) => toHex(ed25519.getPublicKey(seed)) as DeviceId

/** Seeds sorted so that `lower` has the lower device id: the one that dials at once. */
export const seedsInOrder = (): [lower: Uint8Array, higher: Uint8Array] => {
  const [a, b] = [ed25519.utils.randomSecretKey(), ed25519.utils.randomSecretKey()]
  return deviceOfSeed(a) < deviceOfSeed(b) ? [a, b] : [b, a]
}

/** A real network on 127.0.0.1. Knows nobody yet. */
export const createActor = (name: string, init: Partial<NetworkInit> = {}): Actor => {
  const seed = init.identitySeed ?? ed25519.utils.randomSecretKey()
  const admissions = new Map<DeviceId, Admission>()
  const network = createNetwork({
    identitySeed: seed,
    discovery: 'loopback',
    admit: device => admissions.get(device) ?? 'refused',
    memberDevices: () => admissions.keys(),
    hello: () => new TextEncoder().encode(`hello from ${name}`),
    log: silentLog,
    ...init,
  })
  const frames: string[] = []
  network.on('frame', ({ bytes }) => frames.push(new TextDecoder().decode(bytes)))
  return { name, device: deviceOfSeed(seed), seed, network, admissions, frames }
}

/** Everybody has everybody on the contact list. */
export const introduce = (...actors: Actor[]) => {
  for (const actor of actors) {
    for (const other of actors) if (other !== actor) actor.admissions.set(other.device, 'member')
    actor.network.admissionChanged()
  }
}

/** The next event that fits; rejects with what was awaited when the test's time is over. */
export const next = <K extends keyof NetworkEvents>(
  { network, name }: Actor,
  event: K,
  fits: (event: NetworkEvents[K]) => boolean = () => true,
  signal = AbortSignal.timeout(15_000),
): Promise<NetworkEvents[K]> =>
  new Promise((resolve, reject) => {
    const onAbort = () => {
      off()
      reject(new Error(`${name} waited in vain for ${event}`))
    }
    const off = network.on(event, detail => {
      if (!fits(detail)) return
      off()
      signal.removeEventListener('abort', onAbort)
      resolve(detail)
    })
    signal.addEventListener('abort', onAbort)
  })

export const connectedTo = (actor: Actor, other: Actor): Promise<unknown> =>
  actor.network.connected().includes(other.device)
    ? Promise.resolve()
    : next(actor, 'device-connected', ({ device }) => device === other.device)

export const text = (value: string) => new TextEncoder().encode(value)
