/**
 * From the client's call until its own engine has stored that the message is delivered: durable on both sides, two
 * engine processes on loopback. The baseline is two durable commits and one libp2p echo of the same run.
 */
import { commitTime, echoTime } from './baselines.ts'
import { quantile, type Row, report, row } from './harness.ts'
import { startPair } from './office.ts'

const WARM_UP = 200
const MESSAGES = 1_000

const measure = async (): Promise<Row[]> => {
  const baseline = 2 * (await commitTime()) + (await echoTime())
  const { alice, bobId, close } = await startPair()
  await alice.order({ do: 'latency', peer: bobId, count: WARM_UP })
  const took = (await alice.order({ do: 'latency', peer: bobId, count: MESSAGES })) as number[]
  await close()
  return [
    row('send to delivered', 'ms', took, baseline),
    row('send to delivered, 99th percentile', 'ms', [quantile(took, 0.99)], baseline),
  ]
}

report(await measure())
