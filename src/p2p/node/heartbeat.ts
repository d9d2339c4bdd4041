import {
  CHECK_HELD_UP,
  HEARTBEAT_CHECK,
  MAX_SILENCE,
  MAX_SILENCE_IN_RUSH,
  RUSH_SESSIONS,
  RUSH_TIME,
} from './constants.ts'
import type { MessageChannel } from './message-channel.ts'

interface Listened {
  channel: Pick<MessageChannel, 'beat' | 'excuse' | 'silence'>
  /** Milliseconds. */
  openedAt: number
}

export interface HeartbeatInit<Session extends Listened> {
  /** Milliseconds of a clock that is never set. */
  now(): number
  sessions(): Iterable<Session>
  onSilent(session: Session): void
}

/** Says on every session that we are there, and finds those whose other side is not: a pulled cable, a crash, sleep. */
export const createHeartbeat = <Session extends Listened>({ now, sessions, onSilent }: HeartbeatInit<Session>) => {
  let checkedAt = now()
  let timer: NodeJS.Timeout | undefined

  const check = () => {
    const isHeldUp = now() - checkedAt > HEARTBEAT_CHECK + CHECK_HELD_UP
    checkedAt = now()
    const all = [...sessions()]
    const isRush = all.filter(({ openedAt }) => checkedAt - openedAt < RUSH_TIME).length > RUSH_SESSIONS
    for (const session of all) {
      if (isHeldUp) session.channel.excuse()
      session.channel.beat()
      if (session.channel.silence() > (isRush ? MAX_SILENCE_IN_RUSH : MAX_SILENCE)) onSilent(session)
    }
  }
  return {
    start() {
      checkedAt = now()
      timer = setInterval(check, HEARTBEAT_CHECK)
    },
    stop: () => clearInterval(timer),
  }
}
