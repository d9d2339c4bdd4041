import { needsNewList, type TrustedState } from '../../org/index.ts'

/** Milliseconds before the end of a list from which it is signed anew: time to notice, and to be on holiday. */
const RENEWED_BEFORE_END = 30 * 86_400_000

/** Whether the list must be signed anew even if nobody wants anything changed. */
export const needsRenewal = (trusted: TrustedState, now: number): boolean =>
  needsNewList(trusted) || trusted.list.header.expires - now < RENEWED_BEFORE_END
