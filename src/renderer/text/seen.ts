import { t } from '../locales/i18n.ts'
import { clockTime, dayAndClock, daysBetween } from './dates.ts'

/** 'Today 12:40', 'Yesterday 09:12', '6 May 09:12'. */
export const seenWords = (time: number, now: number): string => {
  const days = daysBetween(time, now)
  if (days <= 0) return t('devices.today', { time: clockTime(time) })
  return days === 1 ? t('devices.yesterday', { time: clockTime(time) }) : dayAndClock(time, now)
}
