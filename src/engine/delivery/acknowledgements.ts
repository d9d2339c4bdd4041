import type { DeviceId, EnvelopeId, MessageId } from '../../shared/ids.ts'
import { MAX_SYNCED_IDS } from './constants.ts'
import { advance } from './message-state.ts'
import { takeRow } from './outbox.ts'
import type { Sealing } from './sealing.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

export interface AcknowledgementsInit {
  directory: Directory
  sealing: Sealing
}

/** What a device says about envelopes that it was sent. It speaks only for rows of its own. */
export const createAcknowledgements = ({ directory, sealing }: AcknowledgementsInit) => {
  const { self } = directory

  const tellOwnDevices = (turn: Turn, ids: MessageId[]) => {
    const others = directory.devicesOf(self.personId).filter(device => device !== self.deviceId)
    for (let at = 0; at < ids.length && others.length > 0; at += MAX_SYNCED_IDS) {
      const notice = { kind: 'delivered' as const, ids: ids.slice(at, at + MAX_SYNCED_IDS) }
      for (const device of others) sealing.enqueue(turn, device, notice, null)
    }
  }

  /** Returns how many rows left the outbox. */
  const settle = (turn: Turn, device: DeviceId, ids: readonly EnvelopeId[], isStored: boolean): number => {
    const isRecipient = directory.personOf(device) !== self.personId
    const delivered: MessageId[] = []
    let left = 0
    for (const id of ids) {
      const row = takeRow(turn.tx, device, id)
      if (row === undefined) continue
      left += 1
      if (row.envelope !== null) sealing.leave(turn, device, row.envelope)
      if (row.message_id === null || !isRecipient) continue
      if (!isStored) advance(turn, row.message_id, 'failed', 'bad-input')
      else if (advance(turn, row.message_id, 'delivered')) delivered.push(row.message_id)
    }
    tellOwnDevices(turn, delivered)
    return left
  }

  return {
    /** Stored durably there. */
    acknowledged: (turn: Turn, device: DeviceId, ids: readonly EnvelopeId[]) => settle(turn, device, ids, true),
    /** Opened there, and never to be accepted. */
    refused: (turn: Turn, device: DeviceId, ids: readonly EnvelopeId[]) => settle(turn, device, ids, false),
  }
}

export type Acknowledgements = ReturnType<typeof createAcknowledgements>
