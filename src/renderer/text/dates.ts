/** Milliseconds. */
const DAY = 86_400_000

/** Words in the language of the interface, the clock (12 or 24 hours) as the system's region has it. */
const LANGUAGE = 'en-GB'
const hourCycle = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hourCycle

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LANGUAGE, options)
const clock = format({ hour: '2-digit', minute: '2-digit', ...(hourCycle === undefined ? {} : { hourCycle }) })
const weekday = format({ weekday: 'short' })
const dayMonth = format({ day: 'numeric', month: 'short' })
const dayMonthYear = format({ day: 'numeric', month: 'short', year: 'numeric' })
const longDay = format({ weekday: 'long', day: 'numeric', month: 'long' })
const longDayYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const plainDay = format({ day: 'numeric', month: 'long' })
const plainDayYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
const exact = format({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)

/** Whole days of the local calendar between two times; summer time makes some of them 23 or 25 hours long. */
export const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / DAY)

export const isSameDay = (a: number, b: number): boolean => startOfDay(a) === startOfDay(b)
const isSameYear = (a: number, b: number): boolean => new Date(a).getFullYear() === new Date(b).getFullYear()

/** 14:33. */
export const clockTime = (time: number): string => clock.format(time)

/** 14:33 today, Mon in the last week, 6 May after that, with the year when it is another one. */
export const rowTime = (time: number, now: number): string => {
  const days = daysBetween(time, now)
  if (days <= 0) return clockTime(time)
  if (days < 7) return weekday.format(time)
  return (isSameYear(time, now) ? dayMonth : dayMonthYear).format(time)
}

/** Monday 12 May. */
export const separatorDay = (time: number, now: number): string =>
  (isSameYear(time, now) ? longDay : longDayYear).format(time).replace(',', '')

/** 12 May, with the year when it is another one. */
export const calendarDay = (time: number, now: number): string =>
  (isSameYear(time, now) ? plainDay : plainDayYear).format(time)

/** 12 May 09:12. */
export const dayAndClock = (time: number, now: number): string =>
  `${(isSameYear(time, now) ? dayMonth : dayMonthYear).format(time)} ${clockTime(time)}`

/** For tooltips. */
export const exactTime = (time: number): string => exact.format(time)
