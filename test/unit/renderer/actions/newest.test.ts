import { expect, test } from 'vitest'
import { createNewest } from '../../../../src/renderer/actions/newest.ts'

test('the newest question decides, though the older one is answered last', async () => {
  const newest = createNewest()
  const older = Promise.withResolvers<string>()
  const newer = Promise.withResolvers<string>()
  const first = newest.ask(older.promise)
  const second = newest.ask(newer.promise)
  newer.resolve('by e-mail')
  expect(await second).toEqual({ answer: 'by e-mail', isNewest: true })
  older.resolve('by name')
  expect(await first).toEqual({ answer: 'by name', isNewest: false })
})

test('what was asked before all was forgotten decides nothing', async () => {
  const newest = createNewest()
  const asked = newest.ask(Promise.resolve('a table'))
  newest.forget()
  expect((await asked).isNewest).toBe(false)
})
