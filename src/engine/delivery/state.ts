import type { MessageState } from '../../shared/contract/entities.ts'

/** How far a state is proved. `failed` is below every proof: what arrived after all has arrived. */
const rank: Readonly<Record<Exclude<MessageState, 'received'>, number>> = {
  queued: 0,
  failed: 1,
  held: 2,
  delivered: 3,
  read: 4,
}

/** Whether a message of this device may go from one state to the other: only forward, and by proof. */
export const mayAdvance = (from: MessageState, to: MessageState): boolean => {
  if (from === 'received' || to === 'received') return false
  if (to === 'failed') return from === 'queued'
  return rank[to] > rank[from]
}
