import type { DeviceId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Emitter } from './events.ts'
import type { RememberedAddresses } from './node/address-book.ts'
import type { Admission } from './node/admission.ts'
import type { RequestHandler, RequestProtocol } from './node/requests.ts'
import type { Direction, WaitUntil } from './node/session-table.ts'
import type { NetworkStatus } from './node/status.ts'

export type DiscoveryMode = 'lan' | 'loopback' | 'off'

/** Firewall rules and the addresses that others remember stay good while the TCP port stays the same. */
export interface RememberedPort {
  load(): number | undefined
  save(port: number): void
}

export interface NetworkInit {
  /** 32-byte seed of the device's Ed25519 key `sig`. */
  identitySeed: Uint8Array
  discovery: DiscoveryMode
  /** UDP port of discovery; tests on one machine use different ones so that they do not meet. */
  discoveryPort?: number
  listen?: {
    /** Listen hosts; every address in LAN mode and 127.0.0.1 in loopback mode unless given. */
    hosts?: readonly string[]
    /** TCP port, 0 for any; that of the last start unless given. When it is taken another one is used. */
    port?: number
  }
  /** Asked right after Noise and whenever it matters; must be quick and must not throw. */
  admit(device: DeviceId): Admission
  /** Whom to look for: the members, or for a device that joins those that its invitation names. */
  memberDevices(): Iterable<DeviceId>
  /**
   * Whether devices are heard of (`device-found`) that nobody has asked for: while this device joins, any colleague may
   * carry its request. They are not dialled by themselves. No by default.
   */
  hearsStrangers?(): boolean
  /** The engine's first words to a member, at most 30 KiB. */
  hello(device: DeviceId): Uint8Array
  rememberedAddresses?: RememberedAddresses
  /**
   * Where other parts of the network are to be found: multiaddrs with or without `/p2p/<PeerId>`, 32 at most. Read at start
   * and on `admissionChanged`. Whoever answers is let in by `admit` alone.
   */
  seedAddresses?(): Iterable<string>
  rememberedPort?: RememberedPort
  log: Log
  /** Wall clock in milliseconds (`Date.now`): a jump means that the machine slept. */
  now?: () => number
  /** Uniform in [0, 1). */
  random?: () => number
}

export interface NetworkEvents {
  /** Heard on the LAN, not connected yet; unauthenticated, good for 'is nearby' at most. */
  'device-found': { device: DeviceId }
  /** Said goodbye or was not heard for as long as its record lives. */
  'device-gone': { device: DeviceId }
  /** Both hellos passed and the message stream is open. */
  'device-connected': { device: DeviceId; hello: Uint8Array; direction: Direction }
  'device-disconnected': { device: DeviceId }
  /** Frames of one device come in order. `waitUntil` makes the sender wait when too much work is under way. */
  frame: { device: DeviceId; bytes: Uint8Array; waitUntil: WaitUntil }
  /** `send` had refused and now has room. */
  drain: { device: DeviceId }
  /** A connection on which only the join protocol may be used is open. */
  'join-connection': { device: DeviceId; direction: Direction }
  /** A device without admission was turned away right after the handshake. */
  stranger: { device: DeviceId; address: string }
  status: NetworkStatus
}

export interface Network extends Pick<Emitter<NetworkEvents>, 'on'> {
  /** Throws LanyardError `port-taken` when no address can be listened on. */
  start(): Promise<void>
  /** Says goodbye, hangs up, leaves no handle behind. Can be started again. */
  stop(): Promise<void>
  /** After sleep or on a person's wish: new discovery sockets, one round of dials, no back-off. */
  refresh(): void
  /** The member list or what `admit` says has changed: hangs up, greets and looks for people accordingly. */
  admissionChanged(): void
  /** Hangs up at once and forgets the addresses; `admit` must already refuse the device. */
  revoke(device: DeviceId): void
  /**
   * The device broke a protocol above this layer: hangs up. It stays wanted and is dialled again by the usual rules, but
   * after five offences of whatever kind within ten minutes it is shut out for as long.
   */
  offend(device: DeviceId, what: string): void
  connected(): DeviceId[]
  status(): NetworkStatus
  /** Own dialable multiaddrs, for invitations. */
  addresses(): string[]
  /**
   * Connects now, whatever the back-off. Resolves when the device is connected (a member) or reachable (join only).
   * Throws LanyardError `network-failed` or `cancelled`.
   */
  dial(device: DeviceId, addresses?: readonly string[], signal?: AbortSignal): Promise<void>
  /** False when the device is not connected or its queue is full (then `drain` follows). 1 to 24 KiB. */
  send(device: DeviceId, frame: Uint8Array): boolean
  canSend(device: DeviceId): boolean
  /** One request, the first answer. Dials when needed. Throws LanyardError `network-failed` or `cancelled`. */
  request(device: DeviceId, protocol: RequestProtocol, bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>
  /** The same with all answers as they come; leaving the loop tells the other side to stop. */
  requestAll(
    device: DeviceId,
    protocol: RequestProtocol,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array>
  /** Registers the answering side, before or after `start`. */
  handle(protocol: RequestProtocol, handler: RequestHandler): void
}
