import { RESEND_AFTER, RESEND_AT_MOST_EVERY } from './constants.ts'

export interface RepeaterInit {
  /** How many times something was acknowledged so far, and whether anything is under way. */
  progress(): { acknowledged: number; isWaiting: boolean }
  repeat(): void
}

/**
 * Sends what is under way again when nothing has been acknowledged for a while: the other side may have had no room on
 * its disk or may have dropped a frame. The pauses double. Returns the way to end it.
 */
export const startRepeater = ({ progress, repeat }: RepeaterInit): (() => void) => {
  let pause = RESEND_AFTER
  let before = progress()
  let timer: NodeJS.Timeout

  const look = () => {
    const current = progress()
    const isStuck = before.isWaiting && current.isWaiting && current.acknowledged === before.acknowledged
    before = current
    if (isStuck) repeat()
    pause = isStuck ? Math.min(2 * pause, RESEND_AT_MOST_EVERY) : RESEND_AFTER
    plan()
  }
  const plan = () => {
    timer = setTimeout(look, pause)
    timer.unref()
  }
  plan()
  return () => clearTimeout(timer)
}
