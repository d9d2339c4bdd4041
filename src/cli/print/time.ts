/** UTC, to the minute, the same on every machine: `2026-03-01 09:30Z`. */
export const moment = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')}Z`

export const momentOrNever = (time: number | null): string => (time === null ? 'never' : moment(time))
