import { WAKE_GAP } from './constants.ts'

export interface NapWatch {
  /** Whether the machine slept, or its clock was set, since the last question. Ask at least once a second. */
  haveSlept(): boolean
}

/**
 * Tells a machine that slept from a process that was merely held up: a busy machine must not throw its sockets away. Linux
 * and macOS have a clock that stands still in sleep; Windows has none, there any long gap counts.
 */
export const createNapWatch = (
  wall: () => number,
  awake: () => number,
  hasAwakeClock: boolean = process.platform !== 'win32',
): NapWatch => {
  let lastWall = wall()
  let lastAwake = awake()
  return {
    haveSlept() {
      const gap = wall() - lastWall
      const awakeGap = awake() - lastAwake
      lastWall += gap
      lastAwake += awakeGap
      return (hasAwakeClock ? gap - awakeGap : gap) > WAKE_GAP || gap < -WAKE_GAP
    },
  }
}
