import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Store } from '../../src/engine/storage/store.ts'

export const testKey = new Uint8Array(32).fill(7)

/** A folder of its own for one test, gone afterwards. */
export const testFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A real encrypted database in a folder of its own, closed after the test. */
export const openTestStore = (path = join(testFolder(), 'profile.db')): Store => {
  const store = openStore({ path, key: testKey })
  onTestFinished(() => store.close())
  return store
}
