import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createStatusNews } from '../../../../src/engine/status/status-news.ts'
import type { Status } from '../../../../src/shared/contract/entities.ts'

const status = (nearby: number): Status => ({
  profile: { state: 'open', protection: 'none', keychainAvailable: false },
  organisation: null,
  joining: null,
  network: { state: 'searching', nearby, since: 0, deafInterfaces: [], clockAheadBy: 0 },
  online: [],
  problem: null,
})

const rethrow = (error: unknown) => {
  throw error
}

test('many changes of one turn are told once, and what stays the same is not told again', async () => {
  const told: number[] = []
  let nearby = 0
  const news = createStatusNews({
    read: async () => status(nearby),
    tell: ({ network }) => told.push(network.nearby),
    onBug: rethrow,
  })
  for (nearby = 1; nearby < 5; nearby++) news.changed()
  await setImmediate()
  await setImmediate()
  news.changed()
  await setImmediate()
  await setImmediate()
  expect(told).toEqual([5])
})

test('what changes while the status is being read is told afterwards', async () => {
  const told: number[] = []
  let nearby = 1
  const slow = Promise.withResolvers<void>()
  const news = createStatusNews({
    async read() {
      const now = status(nearby)
      await slow.promise
      return now
    },
    tell: ({ network }) => told.push(network.nearby),
    onBug: rethrow,
  })
  news.changed()
  await setImmediate()
  nearby = 2
  news.changed()
  slow.resolve()
  await setImmediate()
  await setImmediate()
  expect(told).toEqual([1, 2])
})
