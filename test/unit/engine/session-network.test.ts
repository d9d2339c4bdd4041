import { expect, test } from 'vitest'
import type { JoiningProcess } from '../../../src/engine/organisation/joining/joining.ts'
import { createSessionNetwork } from '../../../src/engine/session-network.ts'
import { silentLog } from '../../helpers/silent-log.ts'
import { openTestStore } from '../../helpers/test-store.ts'
import { actor } from '../org/actors.ts'

test('news that comes while a profile is closed does not start its network again', async () => {
  const alice = actor('Alice')
  // only what tells that somebody is looked for
  const joining = { administrators: () => [alice.device.id], isUnderWay: () => true } as unknown as JoiningProcess
  const { network, run, close } = createSessionNetwork({
    store: openTestStore(),
    options: { discovery: 'off', listen: { hosts: ['127.0.0.1'] } },
    device: alice.device.id,
    identitySeed: alice.keys.sig.seed,
    member: () => undefined,
    joining: () => joining,
    onStatusChanged: () => undefined,
    now: Date.now,
    log: silentLog,
  })
  await run()
  expect(network.status().state).not.toBe('stopped')
  const closing = close()
  await Promise.all([run(), closing])
  const { state } = network.status()
  await network.stop()
  expect(state).toBe('stopped')
})
