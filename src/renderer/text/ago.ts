import { t } from '../locales/i18n.ts'
import { seenWords } from './seen.ts'

/** Milliseconds. */
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** 'Just now', '3 min ago', '5 h ago', then the day. */
export const agoWords = (time: number, now: number): string => {
  const passed = now - time
  if (passed < MINUTE) return t('ago.now')
  if (passed < HOUR) return t('ago.minutes', { minutes: Math.floor(passed / MINUTE) })
  if (passed < 12 * HOUR) return t('ago.hours', { hours: Math.floor(passed / HOUR) })
  return seenWords(time, now)
}
