import { expect, it } from 'vitest'
import { createSeats } from '../../../../src/p2p/node/seats.ts'

const patient = new AbortController().signal

it('seats so many of one name at once, and the others in the order in which they came', async () => {
  const seats = createSeats(1)
  const order: string[] = []
  const leaveFirst = await seats.take('Alice', patient)
  const waiting = ['second', 'third'].map(async name => {
    const leave = await seats.take('Alice', patient)
    order.push(name)
    leave()
  })
  expect(seats.tryTake('Alice')).toBeUndefined()
  expect(seats.tryTake('Bob')).toBeTypeOf('function')
  leaveFirst()
  await Promise.all(waiting)
  expect(order).toEqual(['second', 'third'])
  expect(seats.tryTake('Alice')).toBeTypeOf('function')
})

it('lets nobody wait longer than they want, and loses no seat by it', async () => {
  const seats = createSeats(1)
  const leave = seats.tryTake('Alice')
  const impatient = new AbortController()
  const inVain = seats.take('Alice', impatient.signal)
  impatient.abort(new Error('enough'))
  await expect(inVain).rejects.toThrow('enough')
  leave?.()
  await expect(seats.take('Alice', patient)).resolves.toBeTypeOf('function')
})
