/** Messages that wait, found without a look at all the others: at each start somebody may have another device for them. */
export const queuedIndex = `
CREATE INDEX messages_queued ON messages (conversation_id, place) WHERE state = 'queued';
`
