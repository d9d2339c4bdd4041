import type { MessageState } from '../../shared/contract/entities.ts'

type OwnState = Exclude<MessageState, 'received'>

/** How far a state is proved. `failed` is below every proof: what arrived after all has arrived. */
const rank: Readonly<Record<OwnState, number>> = { queued: 0, failed: 1, held: 2, delivered: 3, read: 4 }

const ownStates: readonly OwnState[] = ['queued', 'failed', 'held', 'delivered', 'read']

/** The states from which a message of this device's person may go to another: only forward, and by proof. */
export const statesBefore = (to: OwnState): OwnState[] =>
  to === 'failed' ? ['queued'] : ownStates.filter(from => rank[from] < rank[to])
