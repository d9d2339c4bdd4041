import { expect, test } from 'vitest'
import { recoveryWords } from '../../../../../src/crypto/index.ts'
import { createRecovery, keepRootSeed } from '../../../../../src/engine/organisation/keys/recovery.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const rootSeed = new Uint8Array(32).fill(7)

test('the root key is there until the sheet is confirmed, and then it is not', async () => {
  const store = openTestStore()
  await store.write(tx => keepRootSeed(tx, rootSeed))
  const recovery = createRecovery(store)
  expect(recovery.isPending()).toBe(true)
  expect(recovery.words()).toEqual(recoveryWords(rootSeed))
  expect(recovery.words(), 'as often as the sheet is looked at').toEqual(recoveryWords(rootSeed))

  const told: boolean[] = []
  recovery.onChanged(() => told.push(recovery.isPending()))
  await recovery.confirm()
  expect(told).toEqual([false])
  expect(() => recovery.words()).toThrow(expect.objectContaining({ code: 'recovery-not-held' }))
  expect(store.get("SELECT 1 FROM documents WHERE name = 'unconfirmed-root-seed'")).toBeUndefined()
  await recovery.confirm()
})

test('a device that joined holds no root key', () => {
  const recovery = createRecovery(openTestStore())
  expect(recovery.isPending()).toBe(false)
  expect(() => recovery.words()).toThrow(expect.objectContaining({ code: 'recovery-not-held' }))
})
