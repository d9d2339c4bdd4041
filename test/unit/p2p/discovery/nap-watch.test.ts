import { expect, it } from 'vitest'
import { createNapWatch } from '../../../../src/p2p/discovery/nap-watch.ts'

const scene = (hasAwakeClock: boolean) => {
  const clock = { wall: 1_000_000, awake: 0 }
  const watch = createNapWatch(
    () => clock.wall,
    () => clock.awake,
    hasAwakeClock,
  )
  return (wall: number, awake: number) => {
    clock.wall += wall
    clock.awake += awake
    return watch.haveSlept()
  }
}

it('tells sleep from a process that was held up', () => {
  const pass = scene(true)
  expect(pass(1_000, 1_000)).toBe(false)
  expect(pass(60_000, 60_000)).toBe(false)
  expect(pass(60_000, 500)).toBe(true)
  expect(pass(1_000, 1_000)).toBe(false)
})

it('takes any long gap for sleep where no clock stands still', () => {
  const pass = scene(false)
  expect(pass(4_000, 4_000)).toBe(false)
  expect(pass(6_000, 6_000)).toBe(true)
})

it('starts anew when the clock is set back', () => {
  expect(scene(true)(-3_600_000, 1_000)).toBe(true)
})
