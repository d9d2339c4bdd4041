import * as z from 'zod/mini'
import { conversationId, deviceId, groupId, invitationId, messageId, personId } from '../ids.ts'
import { conversation, group, invitation, joinRequest, message, person } from './entities.ts'

/** One row that the cache must take over; a `value` of null means that the row is gone. */
export const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: personId, value: z.nullable(person) }),
  z.strictObject({ kind: z.literal('group'), id: groupId, value: z.nullable(group) }),
  z.strictObject({ kind: z.literal('conversation'), id: conversationId, value: z.nullable(conversation) }),
  z.strictObject({ kind: z.literal('message'), id: messageId, value: z.nullable(message) }),
  z.strictObject({ kind: z.literal('joinRequest'), id: deviceId, value: z.nullable(joinRequest) }),
  z.strictObject({ kind: z.literal('invitation'), id: invitationId, value: z.nullable(invitation) }),
])
export type Change = z.infer<typeof change>

/** A place in the engine's change sequence; `epoch` changes when the profile is made anew, and with it every cache. */
export const feedCursor = z.strictObject({
  epoch: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  sequence: z.int().check(z.minimum(0)),
})
export type FeedCursor = z.infer<typeof feedCursor>

export const feedPage = z.strictObject({
  /** Start over: drop all rows before taking over `changes`. A snapshot holds no messages; they are read by page. */
  snapshot: z.boolean(),
  changes: z.array(change),
  cursor: feedCursor,
  more: z.boolean(),
})
export type FeedPage = z.infer<typeof feedPage>
