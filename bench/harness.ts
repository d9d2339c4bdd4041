/** One measured figure. `ratio` = median / baseline, the baseline measured in the same run. */
export interface Row {
  name: string
  unit: string
  median: number
  p95: number
  baseline: number | null
  ratio: number | null
}

/** Nearest rank; `part` from 0 to 1. */
export const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

const round = (value: number) => Number(value.toPrecision(4))

export const row = (name: string, unit: string, values: readonly number[], baseline: number | null = null): Row => {
  const median = quantile(values, 0.5)
  return {
    name,
    unit,
    median: round(median),
    p95: round(quantile(values, 0.95)),
    baseline: baseline === null ? null : round(baseline),
    ratio: baseline === null ? null : round(median / baseline),
  }
}

/** A table for people, or with `--json` a list for machines. */
export const report = (rows: readonly Row[]): void => {
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2))
  else console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])))
}
