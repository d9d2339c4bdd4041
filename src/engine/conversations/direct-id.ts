import { type CryptoProvider, concatBytes, fromHex, toHex, utf8 } from '../../crypto/index.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'

const CONTEXT = utf8('lanyard/conversation/1\0')

/** The one-to-one conversation of two people; both sides compute the same id, in whatever order they name them. */
export const directConversationId = (
  provider: Pick<CryptoProvider, 'sha256'>,
  one: PersonId,
  other: PersonId,
): ConversationId => {
  const [first, second] = one < other ? [one, other] : [other, one]
  return toHex(provider.sha256(concatBytes(CONTEXT, fromHex(first), fromHex(second))).subarray(0, 16)) as ConversationId
}
