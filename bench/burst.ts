/**
 * Messages a second in one direction, durable on both sides and acknowledged, all asked for at once. The baseline is
 * what the same database takes in commits of 256 rows when nothing else is done.
 */
import { insertRate } from './baselines.ts'
import { type Row, report, row } from './harness.ts'
import { startPair } from './office.ts'

const MESSAGES = 10_000
const ROUNDS = 3
const ROWS_PER_COMMIT = 256

const measure = async (): Promise<Row[]> => {
  const baseline = await insertRate(40 * ROWS_PER_COMMIT, ROWS_PER_COMMIT)
  const { alice, bobId, close } = await startPair()
  await alice.order({ do: 'burst', peer: bobId, count: 500 })
  const rates: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const took = (await alice.order({ do: 'burst', peer: bobId, count: MESSAGES })) as number
    rates.push((MESSAGES / took) * 1_000)
  }
  await close()
  return [row(`burst of ${MESSAGES} messages`, 'messages/s', rates, baseline)]
}

report(await measure())
