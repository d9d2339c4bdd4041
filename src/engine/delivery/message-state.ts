import type { MessageState } from '../../shared/contract/entities.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { ConversationId, MessageId, MessageOrder } from '../../shared/ids.ts'
import type { Turn } from './turn.ts'

type OwnState = Exclude<MessageState, 'received'>

/** How far a state is proved. `failed` is below every proof: what arrived after all has arrived. */
const rank: Readonly<Record<OwnState, number>> = { queued: 0, failed: 1, held: 2, delivered: 3, read: 4 }

const ownStates: readonly OwnState[] = ['queued', 'failed', 'held', 'delivered', 'read']

/** The states from which a message of this device's person may go to another: only forward, and by proof. */
export const statesBefore = (to: OwnState): OwnState[] =>
  to === 'failed' ? ['queued'] : ownStates.filter(from => rank[from] < rank[to])

interface Advanced {
  id: MessageId
  conversation_id: ConversationId
  place: MessageOrder
}

/** The list of conversations shows the state of the newest message. */
export const touchIfLatest = (turn: Turn, conversation: ConversationId, ids: Pick<Set<MessageId>, 'has'>): void => {
  const row = turn.conversation(conversation)
  if (row?.latest_id != null && ids.has(row.latest_id)) turn.setConversation(row)
}

const setState = (
  turn: Turn,
  ids: readonly MessageId[],
  to: 'delivered' | 'read' | 'failed',
  failure: ErrorCode | null,
) =>
  ids.length === 0
    ? []
    : turn.tx.all<Advanced>(
        `UPDATE messages SET state = ?, failure = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND state IN (SELECT value FROM json_each(?))
         RETURNING id, conversation_id, place`,
        to,
        failure,
        JSON.stringify(ids),
        JSON.stringify(statesBefore(to)),
      )

/** Moves messages of this device's person forward; answers those that were not there yet. */
export const advance = (
  turn: Turn,
  ids: readonly MessageId[],
  to: 'delivered' | 'failed',
  failure: ErrorCode | null = null,
): MessageId[] => {
  const advanced = setState(turn, ids, to, failure)
  // the receipt may have come before the acknowledgement
  const read = advanced.filter(
    ({ conversation_id, place }) => place <= (turn.conversation(conversation_id)?.peer_read_up_to ?? ''),
  )
  if (to === 'delivered') {
    const readIds = read.map(({ id }) => id)
    setState(turn, readIds, 'read', null)
  }
  const changed = new Set(advanced.map(({ id }) => id))
  for (const id of changed) turn.tx.markChanged('message', id)
  for (const conversation of new Set(advanced.map(({ conversation_id }) => conversation_id)))
    touchIfLatest(turn, conversation, changed)
  return [...changed]
}
