import { expect, onTestFinished, test, vi } from 'vitest'
import { nobleProvider } from '../../../../../src/crypto/index.ts'
import {
  ADMIN_UNLOCK_TIME,
  createAdminKey,
  keepAdminKey,
  wrapAdminKey,
} from '../../../../../src/engine/organisation/keys/admin-key.ts'
import type { KeyId } from '../../../../../src/shared/ids.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const passphrase = 'the keys of the office'

test('the signing key comes out with its passphrase, for a while, and is wiped behind itself', async () => {
  const store = openTestStore()
  const seed = nobleProvider.randomBytes(32)
  const wrapped = await wrapAdminKey(nobleProvider, seed, passphrase)
  await store.write(tx => keepAdminKey(tx, wrapped))
  const time = { now: 1_700_000_000_000 }
  const key = createAdminKey({ store, provider: nobleProvider, isInForce: () => true, now: () => time.now })
  const told: boolean[] = []
  key.onChanged(() => told.push(key.isUnlocked()))

  expect(() => key.use(() => 'signed')).toThrowError(expect.objectContaining({ code: 'admin-locked' }))
  await expect(key.unlock('not the passphrase')).rejects.toMatchObject({ code: 'passphrase-wrong' })

  await key.unlock(passphrase)
  let lent: Uint8Array = new Uint8Array()
  expect(
    key.use(held => {
      lent = held
      return Uint8Array.from(held)
    }),
  ).toEqual(seed)
  time.now += ADMIN_UNLOCK_TIME
  expect(() => key.use(() => 'signed')).toThrowError(expect.objectContaining({ code: 'admin-locked' }))
  key.lock()
  expect(lent).toEqual(new Uint8Array(32))
  expect(told).toEqual([true, false])
})

test('after a quarter of an hour it locks by itself', async () => {
  const store = openTestStore()
  const seed = nobleProvider.randomBytes(32)
  const wrapped = await wrapAdminKey(nobleProvider, seed, passphrase)
  await store.write(tx => keepAdminKey(tx, wrapped))
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const key = createAdminKey({ store, provider: nobleProvider, isInForce: () => true, now: Date.now })
  const told: boolean[] = []
  key.onChanged(() => told.push(key.isUnlocked()))
  key.hold(seed)
  vi.advanceTimersByTime(ADMIN_UNLOCK_TIME)
  expect(told).toEqual([true, false])
})

test('a key that the root does not name any more signs nothing, though its passphrase is known', async () => {
  const store = openTestStore()
  const seed = nobleProvider.randomBytes(32)
  const wrapped = await wrapAdminKey(nobleProvider, seed, passphrase)
  await store.write(tx => keepAdminKey(tx, wrapped))
  const root = { keys: [wrapped.key] }
  const isInForce = (id: KeyId) => root.keys.includes(id)
  const key = createAdminKey({ store, provider: nobleProvider, isInForce, now: () => 0 })
  key.hold(seed)
  expect([key.id(), key.isUnlocked()]).toEqual([wrapped.key, true])
  root.keys = []
  expect([key.id(), key.isHeld(), key.isUnlocked()]).toEqual([null, false, false])
  expect(() => key.use(() => 'signed')).toThrowError(expect.objectContaining({ code: 'not-admin' }))
  await expect(key.unlock(passphrase)).rejects.toMatchObject({ code: 'not-admin' })
})

test('on the device of somebody who is no administrator there is nothing to unlock', async () => {
  const key = createAdminKey({ store: openTestStore(), provider: nobleProvider, isInForce: () => true, now: () => 0 })
  expect(key.isHeld()).toBe(false)
  await expect(key.unlock(passphrase)).rejects.toMatchObject({ code: 'not-admin' })
  expect(() => key.use(() => 'signed')).toThrowError(expect.objectContaining({ code: 'not-admin' }))
})
