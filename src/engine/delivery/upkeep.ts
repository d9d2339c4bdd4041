import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import { OUTBOX_LIFETIME, SEEN_LIFETIME, SWEEP_ROWS } from './constants.ts'
import { advance } from './message-state.ts'
import { dropRowsBefore, dropRowsOfDevice, rowsOfMessage } from './outbox.ts'
import { deleteChannel } from './sessions.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

/** What leaves without an acknowledgement: what waited too long, and what was for devices that are no longer members. */
export const createUpkeep = ({ directory }: { directory: Directory }) => {
  const hasOtherRows = (turn: Turn, id: MessageId) => rowsOfMessage(turn.tx, id).length > 0

  return {
    /** True when there may be more to sweep. */
    sweep(turn: Turn): boolean {
      const dropped = dropRowsBefore(turn.tx, turn.now - OUTBOX_LIFETIME, SWEEP_ROWS)
      for (const id of dropped) if (id !== null && !hasOtherRows(turn, id)) advance(turn, id, 'failed', 'expired')
      const forgotten = turn.tx.run(
        `DELETE FROM seen_envelopes WHERE (device_id, id) IN
           (SELECT device_id, id FROM seen_envelopes WHERE at < ? LIMIT ?)`,
        turn.now - SEEN_LIFETIME,
        SWEEP_ROWS,
      )
      return dropped.length === SWEEP_ROWS || forgotten === SWEEP_ROWS
    },

    /** A message fails when nobody of its recipients is on the list any more; otherwise it waits for another device. */
    removeDevice(turn: Turn, device: DeviceId): void {
      turn.forget(device)
      deleteChannel(turn.tx, device)
      for (const id of dropRowsOfDevice(turn.tx, device)) {
        const to = turn.tx.get<{ person_id: PersonId }>(
          'SELECT c.person_id FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = ?',
          id,
        )
        if (to !== undefined && !directory.isListed(to.person_id)) advance(turn, id, 'failed', 'person-unknown')
      }
    },
  }
}

export type Upkeep = ReturnType<typeof createUpkeep>
