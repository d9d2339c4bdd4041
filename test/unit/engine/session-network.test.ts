import { expect, test } from 'vitest'
import { createSessionNetwork } from '../../../src/engine/session-network.ts'
import { silentLog } from '../../helpers/silent-log.ts'
import { openTestStore } from '../../helpers/test-store.ts'
import { actor } from '../org/actors.ts'

test('news that comes while a profile is closed does not start its network again', async () => {
  const alice = actor('Alice')
  /** Somebody is looked for, and has not been found. */
  const joining = {
    administrators: () => [alice.device.id],
    isUnderWay: () => true,
    letsNear: () => false,
    onNearby: () => undefined,
    onReachable: () => undefined,
  }
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
