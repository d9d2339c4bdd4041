import type { DeviceId } from '../../shared/ids.ts'
import { SIMULTANEOUS_WINDOW } from './constants.ts'

/** A connection whose two hellos have passed. */
export interface Contender {
  dialledBy: DeviceId
  /** Milliseconds. */
  openedAt: number
}

/**
 * Which of two connections of one pair stays; both sides come to the same answer. In a simultaneous dial it is the one
 * that the lower device dialled. Otherwise the newer one: its dialler has lost the older one, or it would not have dialled.
 */
export const keepsNewer = (older: Contender, newer: Contender, self: DeviceId, other: DeviceId): boolean => {
  if (older.dialledBy === newer.dialledBy) return true
  if (newer.openedAt - older.openedAt > SIMULTANEOUS_WINDOW) return true
  return newer.dialledBy === (self < other ? self : other)
}
