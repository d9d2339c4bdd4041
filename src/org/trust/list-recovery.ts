import { disownedBy } from './newer-list.ts'
import type { TrustedState } from './trusted.ts'

/**
 * Versions that one root has room for, far more than anybody signs. Where each root begins its own range, a list signed
 * after a theft is above every honest one, and below what a thief counted up to.
 */
const VERSIONS_PER_ROOT = 2 ** 32

/** Whether a root change left the contact list in force without its signers: sign it anew, at once. */
export const needsNewList = (trusted: TrustedState): boolean => disownedBy(trusted) !== null

/**
 * The version of the next contact list. It is one more than the last, except where a thief's list, whose signers the root
 * has disowned, was counted up so far that honest ones would come to an end.
 */
export const nextListVersion = (trusted: TrustedState): number => {
  const { version } = trusted.list.header
  const start = trusted.root.version * VERSIONS_PER_ROOT
  return version >= start && needsNewList(trusted) ? start : version + 1
}
