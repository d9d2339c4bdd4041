import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { multiaddr } from '@multiformats/multiaddr'
import { openStore, type Store, type Transaction } from '../src/engine/storage/store.ts'
import { createBareNode, ECHO } from './echo-process.ts'
import { quantile } from './harness.ts'
import { benchFolder, removeFolder } from './office.ts'

/** Bytes: a short message and what goes around it. */
const ECHO_BYTES = 256

const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
  const folder = benchFolder()
  const store = openStore({ path: join(folder, 'bench.db'), key: new Uint8Array(32).fill(7) })
  try {
    return await work(store)
  } finally {
    store.close()
    removeFolder(folder)
  }
}

const insert = (tx: Transaction, number: number) =>
  tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', `${number}`.padStart(32, '0'), 'x'.repeat(200))

/** Milliseconds of one durable commit of one row, median. */
export const commitTime = (rounds = 200): Promise<number> =>
  withStore(async store => {
    const took: number[] = []
    for (let n = 0; n < rounds; n++) {
      const startedAt = performance.now()
      await store.write(tx => insert(tx, n))
      took.push(performance.now() - startedAt)
    }
    return quantile(took, 0.5)
  })

/** Rows a second that the database takes in durable commits of so many rows, and nothing else. */
export const insertRate = (rows: number, perCommit: number): Promise<number> =>
  withStore(async store => {
    const startedAt = performance.now()
    for (let at = 0; at < rows; at += perCommit)
      await store.write(tx => {
        for (let n = at; n < at + perCommit; n++) insert(tx, n)
      })
    return (rows / (performance.now() - startedAt)) * 1_000
  })

/** Milliseconds of one echo on an open libp2p stream between two processes, median. */
export const echoTime = async (rounds = 500): Promise<number> => {
  const other = fork(fileURLToPath(new URL('echo-process.ts', import.meta.url)), [], { execArgv: [] })
  const [addresses] = (await once(other, 'message')) as [string[]]
  const node = await createBareNode()
  const stream = await node.dialProtocol(
    addresses.map(address => multiaddr(address)),
    ECHO,
  )
  const took: number[] = []
  for (let n = 0; n < rounds; n++) {
    const startedAt = performance.now()
    const echoed = new Promise<void>(resolve => {
      let missing = ECHO_BYTES
      const take = ({ data }: { data: { byteLength: number } }) => {
        missing -= data.byteLength
        if (missing > 0) return
        stream.removeEventListener('message', take)
        resolve()
      }
      stream.addEventListener('message', take)
    })
    stream.send(new Uint8Array(ECHO_BYTES))
    await echoed
    took.push(performance.now() - startedAt)
  }
  await node.stop()
  other.disconnect()
  return quantile(took, 0.5)
}
