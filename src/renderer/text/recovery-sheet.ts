import { t } from '../locales/i18n.ts'
import { calendarDay } from './dates.ts'

/** Words in one line of the text file: short enough to be read out line by line. */
const WORDS_IN_LINE = 6

/** The sheet as plain text, numbered, for a file that leaves this PC. */
export const recoverySheetText = (organisation: string, words: readonly string[], now: number): string => {
  const numbered = words.map((word, index) => `${String(index + 1).padStart(2)} ${word.padEnd(9)}`)
  const lines = Array.from({ length: Math.ceil(numbered.length / WORDS_IN_LINE) }, (_, line) =>
    numbered
      .slice(line * WORDS_IN_LINE, (line + 1) * WORDS_IN_LINE)
      .join(' ')
      .trimEnd(),
  )
  return [
    t('recovery.sheetTitle', { organisation }),
    t('recovery.sheetDate', { day: calendarDay(now, 0) }),
    '',
    ...lines,
    '',
    t('recovery.sheetText'),
    '',
  ].join('\n')
}

/** Two different places, chosen by `random` (0 to 1), in ascending order. */
export const twoPlaces = (count: number, random: () => number): readonly [number, number] => {
  const first = Math.floor(random() * count)
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count
  return first < second ? [first, second] : [second, first]
}
