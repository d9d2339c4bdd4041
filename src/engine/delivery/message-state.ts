import type { MessageState } from '../../shared/contract/entities.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { setMessageState } from '../conversations/message-rows.ts'
import { readMessage } from '../conversations/rows.ts'
import { mayAdvance } from './state.ts'
import type { Turn } from './turn.ts'

/** The list of conversations shows the state of the newest message. */
export const touchIfLatest = (turn: Turn, conversation: ConversationId, ids: Pick<Set<MessageId>, 'has'>): void => {
  const row = turn.conversation(conversation)
  if (row?.latest_id != null && ids.has(row.latest_id)) turn.setConversation(row)
}

/** Moves a message forward; false where it is there already or further, or is not a message of this device's person. */
export const advance = (turn: Turn, id: MessageId, to: MessageState, failure: ErrorCode | null = null): boolean => {
  const message = readMessage(turn.tx, id)
  if (message === null) return false
  const peerReadUpTo = turn.conversation(message.conversationId)?.peer_read_up_to ?? ''
  const proved = to === 'delivered' && message.order <= peerReadUpTo ? 'read' : to
  if (!mayAdvance(message.state, proved)) return false
  setMessageState(turn.tx, id, proved, failure)
  touchIfLatest(turn, message.conversationId, new Set([id]))
  return true
}
