import { expect, test } from 'vitest'
import { ownDiscoveryPort } from '../helpers/actors.ts'
import { foundIn, startSession } from '../helpers/sessions.ts'

test('news that comes while a profile is closed does not start its network again', async () => {
  const alice = await startSession({ discoveryPort: ownDiscoveryPort() })
  await foundIn(alice, 'Alice')
  expect(alice.network.status().state).not.toBe('stopped')
  let again: Promise<void> | undefined
  alice.network.on('status', ({ state }) => {
    if (state === 'stopped') again ??= alice.refreshNetwork()
  })
  await alice.close()
  expect(again).toBeDefined()
  await again
  expect(alice.network.status().state).toBe('stopped')
})
