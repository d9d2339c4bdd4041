import type { DeviceId, EnvelopeId, MessageId } from '../../shared/ids.ts'
import { MAX_SYNCED_IDS } from './constants.ts'
import { advance } from './message-state.ts'
import { takeRows } from './outbox.ts'
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

  const settle = (turn: Turn, device: DeviceId, ids: readonly EnvelopeId[], isStored: boolean): void => {
    const rows = takeRows(turn.tx, device, ids, { withEnvelopes: sealing.awaitsProof(turn, device) })
    sealing.leave(turn, device, rows)
    if (directory.personOf(device) === self.personId) return
    const messages = rows.flatMap(({ message_id }) => message_id ?? [])
    if (isStored) tellOwnDevices(turn, advance(turn, messages, 'delivered'))
    else advance(turn, messages, 'failed', 'bad-input')
  }

  return {
    /** Stored durably there. */
    acknowledged: (turn: Turn, device: DeviceId, ids: readonly EnvelopeId[]) => settle(turn, device, ids, true),
    /** Opened there, and never to be accepted. */
    refused: (turn: Turn, device: DeviceId, ids: readonly EnvelopeId[]) => settle(turn, device, ids, false),
  }
}

export type Acknowledgements = ReturnType<typeof createAcknowledgements>
