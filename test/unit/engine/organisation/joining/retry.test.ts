import { expect, onTestFinished, test, vi } from 'vitest'
import { createRetry } from '../../../../../src/engine/organisation/joining/retry.ts'

const withFakeTime = () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
}

/** Milliseconds of fake time that a pause lasts. */
const lengthOf = async (pause: Promise<void>): Promise<number> => {
  const start = Date.now()
  let end: number | undefined
  pause.then(() => {
    end = Date.now()
  })
  for (let step = 0; step < 400 && end === undefined; step++) await vi.advanceTimersByTimeAsync(100)
  return (end ?? Number.POSITIVE_INFINITY) - start
}

test('pauses double up to half a minute, and good news begins anew', async () => {
  withFakeTime()
  const retry = createRetry(new AbortController().signal)
  const lengths: number[] = []
  for (let count = 0; count < 7; count++) lengths.push(await lengthOf(retry.pause()))
  expect(lengths).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  retry.reset()
  expect(await lengthOf(retry.pause())).toBe(1_000)
})

test('news ends a pause at once, also when it comes just before', async () => {
  withFakeTime()
  const during = createRetry(new AbortController().signal)
  const pause = during.pause()
  during.now()
  await pause
  const before = createRetry(new AbortController().signal)
  before.now()
  await before.pause()
  expect(await lengthOf(before.pause())).toBe(2_000)
})

test('news without end hurries one attempt a second, and no pause gets longer by it', async () => {
  withFakeTime()
  const retry = createRetry(new AbortController().signal)
  const begin = Date.now()
  const ends: number[] = []
  for (let count = 0; count < 5; count++) {
    const start = Date.now() - begin
    const pause = retry.pause()
    retry.now()
    retry.now() // two that come together count as one
    ends.push(start + (await lengthOf(pause)))
  }
  expect(ends).toEqual([0, 1_000, 2_000, 3_000, 4_000])

  const late = retry.pause()
  await vi.advanceTimersByTimeAsync(900)
  retry.now()
  expect(await lengthOf(late)).toBe(100)
})

test('who gives up waits no longer', async () => {
  withFakeTime()
  const stopping = new AbortController()
  const retry = createRetry(stopping.signal)
  const pause = retry.pause()
  stopping.abort()
  await pause
  await retry.pause()
})
