import { archiveSession, type Channel } from './channel.ts'
import type { Session } from './session.ts'

/**
 * Both sides seal with the session of the highest generation, and of two with the same generation with that of the
 * lower id: so they meet in one session, also when both begin at once and in whatever order the envelopes come.
 */
export const adoptSession = (channel: Channel, session: Session, now: number): Channel => {
  const { current, archived } = channel
  const generation = Math.max(channel.generation, session.generation)
  if (current === null)
    return session.generation >= channel.generation
      ? { ...channel, current: session, generation }
      : { ...channel, archived: archiveSession(archived, session, now) }
  return outranks(session, current)
    ? { ...channel, current: session, archived: archiveSession(archived, current, now), generation }
    : { ...channel, archived: archiveSession(archived, session, now), generation }
}

const outranks = (a: Session, b: Session): boolean =>
  a.generation === b.generation ? isBefore(a.id, b.id) : a.generation > b.generation

const isBefore = (a: Uint8Array, b: Uint8Array): boolean => {
  for (const [i, byte] of a.entries()) {
    const other = b[i] ?? 0
    if (byte !== other) return byte < other
  }
  return false
}
