import type { Person } from '../../shared/contract/entities.ts'
import { t } from '../locales/i18n.ts'
import type { ListStates } from '../queries/useListStates.ts'

/** What the list says of a person's devices, the most urgent first. */
export interface ListState {
  readonly kind: 'removal' | 'change' | 'behind' | 'unseen' | 'none' | 'administrator' | 'current' | 'unknown'
  readonly words: string
}

/** Sorting by state shows first what somebody has to look at. */
const URGENCY: Readonly<Record<ListState['kind'], number>> = {
  removal: 0,
  change: 1,
  behind: 2,
  unseen: 3,
  none: 4,
  unknown: 5,
  current: 6,
  administrator: 7,
}

export const urgencyOf = ({ kind }: ListState): number => URGENCY[kind]

export const listStateOf = (person: Person, states: ListStates): ListState => {
  const { id, devices, isAdmin } = person
  if (states.removed.has(id)) return { kind: 'removal', words: t('list.removalUnsigned') }
  if (states.added.has(id)) return { kind: 'change', words: t('list.newUnsigned') }
  if (states.changed.has(id)) return { kind: 'change', words: t('list.changeUnsigned') }
  if (devices === 0) return { kind: 'none', words: t('list.noDevice') }
  const behind = states.behind.get(id) ?? []
  const oldest = Math.min(...behind.map(({ listVersion }) => listVersion ?? 0))
  if (behind.length > 0) return { kind: 'behind', words: t('list.behind', { count: behind.length, version: oldest }) }
  const unseen = states.unseen.get(id) ?? []
  if (unseen.length > 0) {
    const isNever = unseen.every(({ seenAt }) => seenAt === null)
    return { kind: 'unseen', words: t(isNever ? 'list.neverSeen' : 'list.unseen', { count: unseen.length }) }
  }
  if (isAdmin) return { kind: 'administrator', words: t('people.administrator') }
  return states.isWhole ? { kind: 'current', words: t('list.current') } : { kind: 'unknown', words: '' }
}
