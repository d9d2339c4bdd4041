import type { CryptoProvider, DeviceKeys } from '../../crypto/index.ts'
import type { Message } from '../../shared/contract/entities.ts'
import type { ConversationId, DeviceId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import type { OrderClock } from '../clock.ts'
import type { Store } from '../storage/store.ts'

/** Who is who on the newest signed list. Answers change when a new list is taken over. */
export interface Directory {
  readonly self: { personId: PersonId; deviceId: DeviceId }
  /** Undefined for a device that is not on the list, or not any more. */
  personOf(device: DeviceId): PersonId | undefined
  /** Of a person on the list; empty for everybody else. */
  devicesOf(person: PersonId): readonly DeviceId[]
  isListed(person: PersonId): boolean
  /** The device's two public keys, 32 bytes each; undefined for a device that is not on the list. */
  keysOf(device: DeviceId): { sig: Uint8Array; dh: Uint8Array } | undefined
}

/** What delivery needs of the network: one long-lived stream per connected device. */
export interface Link {
  /** False when the frame was not taken: the queue is full (a drain follows) or the device has gone. */
  send(device: DeviceId, frame: Uint8Array): boolean
  /** Hangs up on a device that sends what no honest one does, and remembers it beyond the connection. */
  offend(device: DeviceId, what: string): void
}

export interface DeliveryInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  directory: Directory
  link: Link
  clock: OrderClock
  /** Milliseconds since 1970. */
  now(): number
  log: Pick<Log, 'debug' | 'warn' | 'error'>
  /** Somebody else's message was stored for the first time, durably. */
  onReceived(message: Message): void
}

/** What was dropped since the start, by reason. */
export type Drops = Readonly<Record<DropReason, number>>
export type DropReason = 'malformed' | 'unlisted' | 'unopenable' | 'unacceptable' | 'unknown-kind'

export interface Delivery {
  /**
   * Stores a message of this person and everything that must go out for it, durably, then resolves. The same id with
   * the same text again is the same message. Throws `conversation-unknown`, `person-unknown`, `message-empty`,
   * `message-too-long`, `bad-input` (the id is taken by something else), `disk-full`.
   */
  send(input: { id: MessageId; conversationId: ConversationId; text: string }): Promise<Message>
  /** Takes back a message that no other device can have yet. Throws `message-unknown` and `message-sent`. */
  cancel(id: MessageId): Promise<void>
  /** Marks everything up to a place as read and tells the author's devices. Throws `conversation-unknown`. */
  markRead(id: ConversationId, upTo: MessageOrder): Promise<void>
  /** Prekeys need not be in the hello: delivery sends its own, with a one-time key, as the first frame. */
  onDeviceConnected(device: DeviceId): void
  onDeviceDisconnected(device: DeviceId): void
  /** Resolves, never rejects, when the frame has been dealt with; until then it counts against the device's reading. */
  onFrame(device: DeviceId, frame: Uint8Array): Promise<void>
  /** The stream to the device takes frames again. */
  onDrain(device: DeviceId): void
  /** What waits for the people of these devices is addressed to them too; with the next start where the disk is full. */
  onDevicesAdded(devices: readonly DeviceId[]): Promise<void>
  /**
   * Their sessions and what waits for them is dropped; messages that can reach nobody any more fail. With the next start
   * where the disk is full.
   */
  onDevicesRemoved(devices: readonly DeviceId[]): Promise<void>
  drops(): Drops
  /** Resolves when what is under way in the store has ended; nothing is sent or stored afterwards. */
  stop(): Promise<void>
}
