import type { TrustedState } from '../../org/index.ts'

/** Milliseconds before the end of a list from which it is signed anew: time to notice, and to be on holiday. */
const RENEWED_BEFORE_END = 30 * 86_400_000

/** Whether the list must be signed anew even if nobody wants anything changed. */
export const needsRenewal = ({ list, root }: TrustedState, now: number): boolean => {
  const { keys, threshold } = root.roles.contacts
  const signers = list.signed.signatures.filter(({ key }) => keys.includes(key)).length
  return signers < threshold || list.header.expires - now < RENEWED_BEFORE_END
}
