import type { Message } from '../../shared/contract/entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { ConversationId, MessageOrder } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import { findConversationRow } from './conversation-rows.ts'
import { readMessagesBefore } from './message-rows.ts'

/** One page of a conversation, newest first. Throws `conversation-unknown`. */
export const readPage = (
  reader: Reader,
  input: { conversationId: ConversationId; before: MessageOrder | null; limit: number },
): { messages: Message[]; more: boolean } => {
  if (findConversationRow(reader, input.conversationId) === undefined)
    throw new LanyardError('conversation-unknown', 'There is no such conversation')
  const messages = readMessagesBefore(reader, { ...input, limit: input.limit + 1 })
  return { messages: messages.slice(0, input.limit), more: messages.length > input.limit }
}
