import type { Conversation, Person } from '../../../shared/contract/entities.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { t } from '../../locales/i18n.ts'
import { matchesPerson } from '../../text/people.ts'
import type { View } from '../../ui-state.ts'

/** Entries on screen at once; more letters narrow the rest down. */
const MAX_ENTRIES = 12

export type SwitcherEntry =
  | { readonly kind: 'person'; readonly key: string; readonly person: Person }
  | { readonly kind: 'view'; readonly key: string; readonly view: View; readonly label: string }
  | { readonly kind: 'lock'; readonly key: string; readonly label: string }

export interface FindEntriesInit {
  readonly query: string
  readonly people: readonly Person[]
  readonly conversations: readonly Conversation[]
  readonly personById: ReadonlyMap<string, Person>
  readonly self: PersonId
  readonly isAdmin: boolean
  readonly canLock: boolean
}

/** People one writes to, most recent first, then the others by name, then views and commands. */
export const findEntries = (init: FindEntriesInit): readonly SwitcherEntry[] => {
  const { query, people, conversations, personById, self, isAdmin, canLock } = init
  const recent = conversations.flatMap(({ personId }) => personById.get(personId) ?? [])
  const known = new Set(recent.map(({ id }) => id))
  const found = [...recent, ...people.filter(({ id }) => !known.has(id))]
    .filter(person => person.id !== self && matchesPerson(person, query))
    .slice(0, MAX_ENTRIES)
    .map((person): SwitcherEntry => ({ kind: 'person', key: person.id, person }))
  const views: SwitcherEntry[] = [
    { kind: 'view', key: 'chats', view: 'chats', label: t('rail.chats') },
    { kind: 'view', key: 'people', view: 'people', label: t('rail.people') },
    ...(isAdmin ? [{ kind: 'view', key: 'admin', view: 'admin', label: t('rail.admin') } as const] : []),
    { kind: 'view', key: 'settings', view: 'settings', label: t('rail.settings') },
    ...(canLock ? [{ kind: 'lock', key: 'lock', label: t('switcher.lock') } as const] : []),
  ]
  const wanted = query.trim().toLocaleLowerCase()
  const matching = views.filter(entry => entry.kind !== 'person' && entry.label.toLocaleLowerCase().includes(wanted))
  return [...found, ...matching]
}
