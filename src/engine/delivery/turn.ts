import { type Channel, type PrekeySecrets, wipe } from '../../crypto/index.ts'
import type { ConversationId, DeviceId, EnvelopeId } from '../../shared/ids.ts'
import { type ConversationRow, findConversationRow, saveConversation } from '../conversations/conversation-rows.ts'
import type { Transaction } from '../storage/store.ts'

/** How the outbox of one connected device stands. */
export interface Queue {
  /** Envelopes and their bytes that are sealed and not acknowledged. */
  readonly envelopes: number
  readonly bytes: number
  /** The newest sealed row: what waits has a higher id. */
  readonly sealedUpTo: EnvelopeId | ''
  /** Whether rows may be waiting to be sealed; then nothing may overtake them. */
  readonly hasWaiting: boolean
}

/** What stays in memory between turns; it says only what the database says too. */
export interface Memory {
  readonly channels: Map<DeviceId, Channel>
  /** Of the devices that are connected and whose outbox has been looked at. */
  readonly queues: Map<DeviceId, Queue>
  prekeys: PrekeySecrets
}

/**
 * The work of one transaction. Everything is changed here first and becomes true, in the database and in memory, with
 * the commit; a rollback leaves nothing to undo. Channels and conversations are written once, at the end.
 */
export interface Turn {
  readonly tx: Transaction
  /** Milliseconds since 1970, the same all through the turn. */
  readonly now: number
  /** Rises with every change: a step that throws without having changed anything has failed alone. */
  changes(): number
  channel(device: DeviceId): Channel | undefined
  setChannel(device: DeviceId, channel: Channel): void
  /** The device is a member no longer. */
  forget(device: DeviceId): void
  queue(device: DeviceId): Queue | undefined
  setQueue(device: DeviceId, queue: Queue): void
  /** The private part of this device's own prekeys. */
  prekeys(): PrekeySecrets
  setPrekeys(secrets: PrekeySecrets): void
  /** Secrets that nobody needs once the turn is committed. */
  wipeLater(secrets: readonly Uint8Array[]): void
  connectedDevices(): DeviceId[]
  conversation(id: ConversationId): ConversationRow | undefined
  setConversation(row: ConversationRow): void
  acknowledge(device: DeviceId, id: EnvelopeId): void
  refuse(device: DeviceId, id: EnvelopeId): void
  /** To be done when the commit is on the disk, in this order. */
  after(effect: () => void): void
}

export interface OpenTurn extends Turn {
  readonly effects: readonly (() => void)[]
  readonly acknowledged: ReadonlyMap<DeviceId, readonly EnvelopeId[]>
  readonly refused: ReadonlyMap<DeviceId, readonly EnvelopeId[]>
  /** Writes what is written once a turn. */
  finish(save: {
    channel(tx: Transaction, device: DeviceId, channel: Channel, now: number): void
    prekeys(tx: Transaction, secrets: PrekeySecrets): void
  }): void
  /** After the commit. */
  remember(): void
}

const add = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

export const openTurn = (tx: Transaction, now: number, memory: Memory): OpenTurn => {
  const channels = new Map<DeviceId, Channel>()
  const queues = new Map<DeviceId, Queue>()
  const conversations = new Map<ConversationId, ConversationRow>()
  const read = new Map<ConversationId, ConversationRow>()
  const acknowledged = new Map<DeviceId, EnvelopeId[]>()
  const refused = new Map<DeviceId, EnvelopeId[]>()
  const effects: (() => void)[] = []
  const spent: Uint8Array[] = []
  const forgotten = new Set<DeviceId>()
  let prekeys: PrekeySecrets | undefined
  let changes = 0
  const counted: Transaction = {
    get: tx.get,
    all: tx.all,
    run(sql, ...values) {
      const changed = tx.run(sql, ...values)
      changes += changed
      return changed
    },
    markChanged: tx.markChanged,
  }

  return {
    tx: counted,
    now,
    changes: () => changes,
    channel: device => channels.get(device) ?? memory.channels.get(device),
    setChannel(device, channel) {
      changes += 1
      channels.set(device, channel)
    },
    forget(device) {
      changes += 1
      channels.delete(device)
      queues.delete(device)
      forgotten.add(device)
    },
    queue: device => queues.get(device) ?? memory.queues.get(device),
    setQueue(device, queue) {
      changes += 1
      queues.set(device, queue)
    },
    prekeys: () => prekeys ?? memory.prekeys,
    setPrekeys(secrets) {
      changes += 1
      prekeys = secrets
    },
    wipeLater: secrets => spent.push(...secrets),
    connectedDevices: () => [...new Set([...memory.queues.keys(), ...queues.keys()])],
    conversation(id) {
      const known = conversations.get(id) ?? read.get(id)
      if (known !== undefined) return known
      const row = findConversationRow(tx, id)
      if (row !== undefined) read.set(id, row)
      return row
    },
    setConversation(row) {
      changes += 1
      conversations.set(row.id, row)
    },
    acknowledge: (device, id) => add(acknowledged, device, id),
    refuse: (device, id) => add(refused, device, id),
    after: effect => effects.push(effect),
    effects,
    acknowledged,
    refused,
    finish(save) {
      for (const [device, channel] of channels) save.channel(tx, device, channel, now)
      if (prekeys !== undefined) save.prekeys(tx, prekeys)
      for (const row of conversations.values()) saveConversation(tx, row)
    },
    remember() {
      for (const device of forgotten) {
        memory.channels.delete(device)
        memory.queues.delete(device)
      }
      for (const [device, channel] of channels) memory.channels.set(device, channel)
      for (const [device, queue] of queues) memory.queues.set(device, queue)
      if (prekeys !== undefined) memory.prekeys = prekeys
      wipe(...spent)
    },
  }
}
