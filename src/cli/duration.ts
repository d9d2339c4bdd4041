import { UsageError } from './usage-error.ts'

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of `30s`, `15m`, `12h`, `7d`. */
export const duration = (text: string): number => {
  const match = /^(\d{1,6})([smhd])$/.exec(text)
  const unit = match?.[2] as keyof typeof UNITS | undefined
  if (match === null || unit === undefined) throw new UsageError(`"${text}" is no duration: 30s, 15m, 12h and 7d are`)
  return Number(match[1]) * UNITS[unit]
}
