import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import { OUTBOX_LIFETIME, SEEN_LIFETIME, SWEEP_ROWS } from './constants.ts'
import { advance } from './message-state.ts'
import { dropRowsBefore, dropRowsOfDevice, withoutRows } from './outbox.ts'
import { deleteChannel } from './sessions.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

/** What leaves without an acknowledgement: what waited too long, and what was for devices that are no longer members. */
export const createUpkeep = ({ directory }: { directory: Directory }) => {
  const isForNobody = (turn: Turn, id: MessageId): boolean => {
    const to = turn.tx.get<{ person_id: PersonId }>(
      'SELECT c.person_id FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = ?',
      id,
    )
    return to !== undefined && !directory.isListed(to.person_id)
  }

  return {
    /** True when there may be more to sweep. */
    sweep(turn: Turn): boolean {
      const dropped = dropRowsBefore(turn.tx, turn.now - OUTBOX_LIFETIME, SWEEP_ROWS)
      advance(turn, withoutRows(turn.tx, dropped.messages), 'failed', 'expired')
      const forgotten = turn.tx.run(
        `DELETE FROM seen_envelopes WHERE (device_id, id) IN
           (SELECT device_id, id FROM seen_envelopes WHERE at < ? LIMIT ?)`,
        turn.now - SEEN_LIFETIME,
        SWEEP_ROWS,
      )
      return dropped.more || forgotten === SWEEP_ROWS
    },

    /** A message fails when nobody of its recipients is on the list any more; otherwise it waits for another device. */
    removeDevice(turn: Turn, device: DeviceId): void {
      turn.forget(device)
      deleteChannel(turn.tx, device)
      const dropped = withoutRows(turn.tx, dropRowsOfDevice(turn.tx, device))
      advance(
        turn,
        dropped.filter(id => isForNobody(turn, id)),
        'failed',
        'person-unknown',
      )
    },
  }
}
