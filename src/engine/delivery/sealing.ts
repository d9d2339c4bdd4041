import { type CryptoProvider, type DeviceKeys, emptyChannel, noteAcknowledged, sealToPeer } from '../../crypto/index.ts'
import type { DeviceId, EnvelopeId, MessageId } from '../../shared/ids.ts'
import { WINDOW_BYTES, WINDOW_ENVELOPES } from './constants.ts'
import { type Content, encodeContent } from './content.ts'
import { encodeFrame } from './frames.ts'
import type { Links } from './links.ts'
import { addRow, keepSealed, sealedRows, type TakenRow, unsealAll, waitingRows } from './outbox.ts'
import type { Queue, Turn } from './turn.ts'
import type { Directory } from './types.ts'

export interface SealingInit {
  provider: CryptoProvider
  keys: DeviceKeys
  directory: Directory
  links: Links
  /** A new id, higher than all before. */
  nextId(): EnvelopeId
}

const hasRoom = ({ envelopes, bytes }: Queue) => envelopes < WINDOW_ENVELOPES && bytes < WINDOW_BYTES

/**
 * The way out: content is stored for each device, sealed while the device is connected and its window has room, and
 * sent after the commit. Rows are sealed and sent in the order in which they were stored.
 */
export const createSealing = ({ provider, keys, directory, links, nextId }: SealingInit) => {
  /** Undefined while the device's prekeys are not here: then there is no session yet. */
  const seal = (turn: Turn, device: DeviceId, content: Uint8Array): Uint8Array | undefined => {
    const peer = directory.keysOf(device)
    if (peer === undefined) return undefined
    const sealed = sealToPeer(
      { provider, self: keys, peer, now: turn.now },
      turn.channel(device) ?? emptyChannel(),
      content,
      links.prekeysOf(device),
    )
    if (sealed.kind !== 'sealed') return undefined
    turn.setChannel(device, sealed.channel)
    turn.wipeLater(sealed.spent)
    return sealed.envelope
  }

  const sendAfterCommit = (turn: Turn, device: DeviceId, id: EnvelopeId, sealed: Uint8Array) =>
    turn.after(() => links.send(device, encodeFrame({ kind: 'envelope', id, sealed })))

  const underWay = (queue: Queue, id: EnvelopeId, bytes: number): Queue => ({
    ...queue,
    envelopes: queue.envelopes + 1,
    bytes: queue.bytes + bytes,
    sealedUpTo: id,
  })

  return {
    /** Stores something for one device, in the turn's transaction; sealed at once where nothing is before it. */
    enqueue(turn: Turn, device: DeviceId, content: Content, messageId: MessageId | null): void {
      const bytes = encodeContent(content)
      const queue = turn.queue(device)
      const mayGo = queue !== undefined && !queue.hasWaiting && hasRoom(queue)
      const envelope = (mayGo ? seal(turn, device, bytes) : undefined) ?? null
      const envelopeId = nextId()
      addRow(turn.tx, { envelopeId, device, messageId, content: bytes, envelope, now: turn.now })
      if (queue === undefined) return
      if (envelope === null) {
        turn.setQueue(device, { ...queue, hasWaiting: true })
        return
      }
      turn.setQueue(device, underWay(queue, envelopeId, envelope.length))
      sendAfterCommit(turn, device, envelopeId, envelope)
    },

    /** Seals what waits, as far as the window has room. */
    fill(turn: Turn, device: DeviceId): void {
      let queue = turn.queue(device)
      if (queue === undefined || !queue.hasWaiting || !hasRoom(queue)) return
      const limit = WINDOW_ENVELOPES - queue.envelopes
      const rows = waitingRows(turn.tx, device, queue.sealedUpTo, limit)
      let isMore = rows.length === limit
      for (const { envelope_id, content } of rows) {
        const envelope = hasRoom(queue) ? seal(turn, device, content) : undefined
        if (envelope === undefined) {
          isMore = true
          break
        }
        keepSealed(turn.tx, device, envelope_id, envelope)
        queue = underWay(queue, envelope_id, envelope.length)
        sendAfterCommit(turn, device, envelope_id, envelope)
      }
      turn.setQueue(device, { ...queue, hasWaiting: isMore })
    },

    /** A device has connected, or acknowledges nothing: what was sealed for it goes out again, the same bytes. */
    resume(turn: Turn, device: DeviceId): void {
      const rows = sealedRows(turn.tx, device, WINDOW_ENVELOPES)
      turn.setQueue(device, {
        envelopes: rows.length,
        bytes: rows.reduce((sum, row) => sum + row.envelope.length, 0),
        sealedUpTo: rows.at(-1)?.envelope_id ?? '',
        hasWaiting: true,
      })
      for (const { envelope_id, envelope } of rows) sendAfterCommit(turn, device, envelope_id, envelope)
    },

    /** The device cannot open what was sealed: all that is not acknowledged is sealed anew, in the same order. */
    startOver(turn: Turn, device: DeviceId): void {
      unsealAll(turn.tx, device)
      if (turn.queue(device) === undefined) return
      turn.setQueue(device, { envelopes: 0, bytes: 0, sealedUpTo: '', hasWaiting: true })
    },

    /** Whether the device has yet to show that it has the session; the next acknowledged envelope does. */
    awaitsProof: (turn: Turn, device: DeviceId): boolean => turn.channel(device)?.current?.handshake != null,

    /** Sealed rows have left the outbox: the device has them, and with them the session that they were sealed with. */
    leave(turn: Turn, device: DeviceId, rows: readonly TakenRow[]): void {
      for (const { envelope } of rows) {
        const channel = turn.channel(device)
        if (envelope === null || channel?.current?.handshake == null) continue
        const noted = noteAcknowledged(channel, envelope)
        if (noted !== channel) turn.setChannel(device, noted)
      }
      const queue = turn.queue(device)
      if (queue === undefined) return
      const sealed = rows.filter(({ bytes }) => bytes > 0)
      turn.setQueue(device, {
        ...queue,
        envelopes: Math.max(0, queue.envelopes - sealed.length),
        bytes: Math.max(0, queue.bytes - sealed.reduce((sum, { bytes }) => sum + bytes, 0)),
      })
    },
  }
}

export type Sealing = ReturnType<typeof createSealing>
