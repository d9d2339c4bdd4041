import { t } from '../locales/i18n.ts'
import { clockTime, dayAndClock, daysBetween } from './dates.ts'

const keys = {
  alone: ['seen.Today', 'seen.Yesterday'],
  inside: ['seen.today', 'seen.yesterday'],
} as const

/** 'Today 12:40', 'Yesterday 09:12', '6 May 09:12'; `inside` a sentence the words begin small. */
export const seenWords = (time: number, now: number, where: keyof typeof keys = 'alone'): string => {
  const days = daysBetween(time, now)
  const [today, yesterday] = keys[where]
  if (days <= 0) return t(today, { time: clockTime(time) })
  return days === 1 ? t(yesterday, { time: clockTime(time) }) : dayAndClock(time, now)
}
