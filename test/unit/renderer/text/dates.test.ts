import { expect, test } from 'vitest'
import { calendarDay, daysBetween, rowTime, separatorDay } from '../../../../src/renderer/text/dates.ts'

const at = (month: number, day: number, hour = 12, year = 2026) => new Date(year, month - 1, day, hour).getTime()

test('days are those of the calendar, also where summer time makes one of 23 hours', () => {
  expect(daysBetween(at(5, 11, 23), at(5, 12, 0))).toBe(1)
  expect(daysBetween(at(3, 28, 12), at(3, 30, 1))).toBe(2)
  expect(daysBetween(at(5, 12, 0), at(5, 12, 23))).toBe(0)
})

test('a row shows the clock today, the weekday this week, the day after that', () => {
  const now = at(5, 13, 15)
  expect(rowTime(at(5, 13, 14), now)).toMatch(/^\d{1,2}.\d{2}/)
  expect(rowTime(at(5, 11), now)).toBe('Mon')
  expect(rowTime(at(5, 6), now)).toBe('6 May')
  expect(rowTime(at(5, 6, 12, 2025), now)).toBe('6 May 2025')
  // A clock that was set back does not show a weekday of the future.
  expect(rowTime(at(5, 14), now)).toMatch(/^\d{1,2}.\d{2}/)
})

test('separators and dates name the year only when it is another one', () => {
  expect(separatorDay(at(5, 11), at(5, 13))).toBe('Monday 11 May')
  expect(separatorDay(at(5, 11, 12, 2025), at(5, 13))).toBe('Sunday 11 May 2025')
  expect(calendarDay(at(6, 11), at(5, 13))).toBe('11 June')
  expect(calendarDay(at(6, 11, 12, 2027), at(5, 13))).toBe('11 June 2027')
})
