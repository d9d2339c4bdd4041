import { createNetwork, type DiscoveryMode, JOIN_PROTOCOL, type Network, ORG_PROTOCOL } from '../p2p/index.ts'
import { type ErrorCode, isLanyardError, LanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Member } from './member.ts'
import type { JoiningProcess } from './organisation/joining/joining.ts'
import { createRememberedAddresses } from './remembered-addresses.ts'
import { createRememberedPort } from './remembered-port.ts'
import type { Store } from './storage/store.ts'

export interface NetworkOptions {
  /** False: nothing is listened on, dialled or announced. For signing without a network, and for a look at a profile. */
  isOn?: boolean
  discovery: DiscoveryMode
  /** UDP port of discovery. */
  discoveryPort?: number
  listen?: { hosts?: readonly string[]; port?: number }
}

export interface SessionNetworkInit {
  store: Store
  options: NetworkOptions
  device: DeviceId
  /** 32 bytes. */
  identitySeed: Uint8Array
  /** Undefined before an organisation is founded or joined. */
  member(): Member | undefined
  joining(): Pick<JoiningProcess, 'administrators' | 'isUnderWay' | 'letsNear' | 'onNearby' | 'onReachable'>
  onStatusChanged(): void
  now(): number
  log: Log
}

export interface SessionNetwork {
  readonly network: Network
  /** Starts or stops it, as there is anybody to look for. A failure is kept for the status; all else goes on. */
  run(): Promise<void>
  /** Stops it for good: a list or a statement that comes into force meanwhile does not start it again. */
  close(): Promise<void>
  failure(): ErrorCode | null
}

/** The network of an open profile: whom it looks for and lets near, and who gets what arrives. */
export const createSessionNetwork = (init: SessionNetworkInit): SessionNetwork => {
  const { store, options, device, identitySeed, member, joining, onStatusChanged, now, log } = init
  let failure: ErrorCode | null = null
  let isClosed = false

  const network = createNetwork({
    identitySeed,
    ...options,
    admit: other => member()?.admit(other) ?? (joining().letsNear(other) ? 'join-only' : 'refused'),
    hearsStrangers: () => member() === undefined && joining().isUnderWay(),
    memberDevices: () =>
      member()
        ?.membership.directory.devices()
        .filter(other => other !== device) ?? joining().administrators(),
    hello: () => member()?.hello() ?? new Uint8Array(),
    rememberedPort: createRememberedPort(store, log),
    rememberedAddresses: createRememberedAddresses(store, now, log),
    seedAddresses: () => member()?.membership.trusted().policy.value.seedAddresses ?? [],
    log,
    now,
  })

  const expectMember = (): Member => {
    const current = member()
    if (current === undefined) throw new LanyardError('not-joined', 'This device has no organisation yet')
    return current
  }

  network.on('device-connected', event => member()?.onConnected(event.device, event.hello))
  network.on('device-disconnected', event => member()?.onDisconnected(event.device))
  network.on('frame', event => {
    const current = member()
    if (current !== undefined) event.waitUntil(current.delivery.onFrame(event.device, event.bytes))
  })
  network.on('drain', event => member()?.delivery.onDrain(event.device))
  // while this device joins, whoever is near may be a colleague
  network.on('device-found', ({ device: other }) => {
    if (member() === undefined) joining().onNearby(other, true)
  })
  network.on('device-gone', ({ device: other }) => joining().onNearby(other, false))
  network.on('join-connection', event => joining().onReachable(event.device))
  network.on('status', onStatusChanged)
  network.handle(ORG_PROTOCOL, async request => expectMember().answerSync(request.device, request.bytes))
  network.handle(JOIN_PROTOCOL, request => expectMember().requests.answer(request))

  const isWanted = () => member()?.membership.isMember() ?? joining().administrators().length > 0
  const isNeeded = () => !isClosed && options.isOn !== false && isWanted()

  return {
    network,
    failure: () => failure,
    close() {
      isClosed = true
      return network.stop()
    },
    async run() {
      try {
        if (isNeeded()) await network.start()
        else await network.stop()
        failure = null
      } catch (error) {
        if (!isLanyardError(error)) throw error
        failure = error.code
        log.error({ code: error.code }, 'the network cannot start')
      }
      onStatusChanged()
    },
  }
}
