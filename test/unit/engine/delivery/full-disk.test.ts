import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../../src/shared/errors.ts'
import { createDeliveryWorld, until } from '../../../helpers/delivery-world.ts'

test("Bob's disk is full: nothing is acknowledged, nothing is lost, and it arrives when there is room", async () => {
  const world = createDeliveryWorld()
  const alice = await world.addPerson()
  const bob = await world.addPerson()
  world.connect(alice, bob)
  const first = await alice.send(bob, 'there is room')
  await until(() => alice.message(first.id)?.state === 'delivered')

  const problems: (ErrorCode | null)[] = []
  bob.store.onProblem(problem => problems.push(problem))
  const { pages } = bob.store.get<{ pages: number }>('SELECT page_count AS pages FROM pragma_page_count()') ?? {
    pages: 0,
  }
  const allow = (count: number) => bob.store.get(`PRAGMA max_page_count = ${count}`)
  allow(pages)
  const long = 'more than what is left of a page. '.repeat(400)
  const second = await alice.send(bob, long)
  await until(() => problems.includes('disk-full'))
  await expect(bob.send(alice, long)).rejects.toMatchObject({ code: 'disk-full', retryable: true })
  expect(alice.message(second.id)?.state).toBe('queued')
  expect(bob.texts(alice)).toEqual(['there is room'])

  allow(pages + 1_000)
  world.disconnect(alice, bob)
  world.connect(alice, bob)
  await until(() => alice.message(second.id)?.state === 'delivered')
  expect(bob.texts(alice)).toEqual(['there is room', long])
})
