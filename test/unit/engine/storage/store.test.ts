import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { changesAfter } from '../../../../src/engine/storage/change-feed.ts'
import { openDatabase } from '../../../../src/engine/storage/database.ts'
import { newestSchema } from '../../../../src/engine/storage/migrations/migrate.ts'
import { openStore, type Store } from '../../../../src/engine/storage/store.ts'
import { openTestStore, testFolder, testKey } from '../../../helpers/test-store.ts'

const remember = (store: Store, key: string, value: string) =>
  store.write(tx => tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', key, value))
const recall = (store: Store, key: string) =>
  store.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value

test('what was written is there after the database is opened again, and nowhere in clear', async () => {
  const path = join(testFolder(), 'profile.db')
  const first = openStore({ path, key: testKey })
  await remember(first, 'greeting', 'Good morning, Bob')
  first.close()

  expect(readFileSync(path).includes('morning')).toBe(false)
  expect(recall(openTestStore(path), 'greeting')).toBe('Good morning, Bob')
})

test('works of one turn share a commit, and one that fails is undone alone', async () => {
  const store = openTestStore()
  const commits: number[] = []
  store.onChanged(sequence => commits.push(sequence))

  const works = await Promise.allSettled([
    store.write(tx => {
      tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'a', '1')
      tx.markChanged('person', 'alice')
    }),
    store.write(tx => {
      tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'b', '2')
      tx.markChanged('person', 'bob')
      throw new Error('Mallory was here')
    }),
    store.write(tx => {
      tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'c', '3')
      tx.markChanged('person', 'carol')
    }),
  ])

  expect(works.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect([recall(store, 'a'), recall(store, 'b'), recall(store, 'c')]).toEqual(['1', undefined, '3'])
  expect(commits).toHaveLength(1)
  expect(changesAfter(store, 0, 10).map(({ id }) => id)).toEqual(['alice', 'carol'])
})

test('a work that is queued while another runs comes in the next commit, in order', async () => {
  const store = openTestStore()
  const order: string[] = []
  let inner: Promise<unknown> = Promise.resolve()
  await store.write(() => {
    order.push('outer')
    inner = store.write(() => order.push('inner'))
  })
  await inner
  expect(order).toEqual(['outer', 'inner'])
})

test('closing commits what is queued; afterwards the store says that it is locked', async () => {
  const path = join(testFolder(), 'profile.db')
  const store = openStore({ path, key: testKey })
  const last = remember(store, 'last', 'word')
  store.close()
  await last
  await expect(remember(store, 'too', 'late')).rejects.toMatchObject({ code: 'profile-locked' })
  expect(() => recall(store, 'last')).toThrowError(expect.objectContaining({ code: 'profile-locked' }))
  expect(recall(openTestStore(path), 'last')).toBe('word')
})

test('only the newest change of a row is kept, and the sequence goes on after a restart', async () => {
  const path = join(testFolder(), 'profile.db')
  const store = openStore({ path, key: testKey })
  for (const id of ['alice', 'bob', 'alice']) await store.write(tx => tx.markChanged('person', id))
  expect(changesAfter(store, 0, 10)).toEqual([
    { sequence: 2, kind: 'person', id: 'bob' },
    { sequence: 3, kind: 'person', id: 'alice' },
  ])
  store.close()

  const again = openTestStore(path)
  await again.write(tx => tx.markChanged('person', 'carol'))
  expect(changesAfter(again, 3, 10)).toEqual([{ sequence: 4, kind: 'person', id: 'carol' }])
})

test('a database of a newer Lanyard is left alone', () => {
  const path = join(testFolder(), 'profile.db')
  openStore({ path, key: testKey }).close()
  const db = openDatabase({ path, key: testKey })
  db.pragma(`user_version = ${newestSchema + 1}`)
  db.close()
  expect(() => openStore({ path, key: testKey })).toThrowError(expect.objectContaining({ code: 'profile-newer' }))
})

test('a file that is not a database, or of another key, is told and not touched', () => {
  const path = join(testFolder(), 'profile.db')
  const scribble = Buffer.alloc(8192, 'Mallory')
  writeFileSync(path, scribble)
  expect(() => openStore({ path, key: testKey })).toThrowError(expect.objectContaining({ code: 'profile-corrupt' }))
  expect(readFileSync(path).equals(scribble)).toBe(true)

  const other = join(testFolder(), 'profile.db')
  openStore({ path: other, key: testKey }).close()
  const before = readFileSync(other)
  expect(() => openStore({ path: other, key: new Uint8Array(32) })).toThrowError(
    expect.objectContaining({ code: 'profile-corrupt' }),
  )
  expect(readFileSync(other).equals(before)).toBe(true)
})

test('a page that was changed on the disk is noticed when it is read', async () => {
  const path = join(testFolder(), 'profile.db')
  const store = openStore({ path, key: testKey })
  for (let row = 0; row < 200; row++) await remember(store, `row ${row}`, 'x'.repeat(200))
  store.close()
  const bytes = readFileSync(path)
  bytes.fill(0xff, bytes.length - 3000, bytes.length - 2900)
  writeFileSync(path, bytes)

  const damaged = openTestStore(path)
  const problems: unknown[] = []
  damaged.onProblem(problem => problems.push(problem))
  expect(() => damaged.all('SELECT * FROM meta')).toThrowError(expect.objectContaining({ code: 'profile-corrupt' }))
  expect(problems).toEqual(['profile-corrupt'])
})

test('a full disk fails the works of the group, loses nothing that was stored, and passes', async () => {
  const path = join(testFolder(), 'profile.db')
  const store = openTestStore(path)
  const problems: unknown[] = []
  store.onProblem(problem => problems.push(problem))
  await remember(store, 'before', 'safe')

  const { pages } = store.get<{ pages: number }>('SELECT page_count AS pages FROM pragma_page_count()') ?? { pages: 0 }
  const limit = (count: number) => store.get(`PRAGMA max_page_count = ${count}`)
  limit(pages + 2)
  const works = await Promise.allSettled([remember(store, 'small', 'x'), remember(store, 'big', 'x'.repeat(100_000))])
  expect(works).toMatchObject([
    { status: 'rejected', reason: { code: 'disk-full', retryable: true } },
    { status: 'rejected', reason: { code: 'disk-full', retryable: true } },
  ])
  expect(recall(store, 'before')).toBe('safe')

  limit(pages + 1000)
  await remember(store, 'big', 'x'.repeat(100_000))
  expect(problems).toEqual(['disk-full', null])
})

test('the plain library cannot open the file without the key', () => {
  const path = join(testFolder(), 'profile.db')
  openStore({ path, key: testKey }).close()
  const db = new Database(path)
  expect(() => db.prepare('SELECT * FROM meta').all()).toThrowError(expect.objectContaining({ code: 'SQLITE_NOTADB' }))
  db.close()
})
