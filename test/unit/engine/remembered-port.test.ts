import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createRememberedPort } from '../../../src/engine/remembered-port.ts'
import { readMeta, writeMeta } from '../../../src/engine/storage/documents.ts'
import type { Store } from '../../../src/engine/storage/store.ts'
import { createNetwork } from '../../../src/p2p/index.ts'
import { silentLog } from '../../helpers/silent-log.ts'
import { openTestStore } from '../../helpers/test-store.ts'

/** One start of Alice's network, as after a start of her PC. */
const startAlice = async (store: Store) => {
  const network = createNetwork({
    identitySeed: randomBytes(32),
    discovery: 'off',
    listen: { hosts: ['127.0.0.1'] },
    rememberedPort: createRememberedPort(store, silentLog),
    admit: () => 'refused',
    memberDevices: () => [],
    hello: () => new Uint8Array(),
    log: silentLog,
  })
  onTestFinished(() => network.stop())
  await network.start()
  return { network, port: Number(network.addresses()[0]?.split('/')[4]) }
}

it('listens where it listened last time', async () => {
  const store = openTestStore()
  const first = await startAlice(store)
  await first.network.stop()
  const second = await startAlice(store)
  expect(second.port).toBe(first.port)
})

it('takes another port when somebody else has that one, and stays with it', async () => {
  const store = openTestStore()
  const first = await startAlice(store)
  await first.network.stop()
  const server = createServer()
  await new Promise<void>(resolve => server.listen(first.port, '127.0.0.1', resolve))
  const second = await startAlice(store)
  expect(second.port).not.toBe(first.port)
  await second.network.stop()
  await new Promise(resolve => server.close(resolve))
  expect((await startAlice(store)).port).toBe(second.port)
})

it('does not believe a port that cannot be one', async () => {
  const store = openTestStore()
  await store.write(tx => writeMeta(tx, 'listen-port', '70000'))
  const { port } = await startAlice(store)
  await store.write(() => undefined)
  expect(readMeta(store, 'listen-port')).toBe(String(port))
})
