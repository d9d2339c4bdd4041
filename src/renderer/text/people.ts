import type { NetworkStatus, Person } from '../../shared/contract/entities.ts'
import { t } from '../locales/i18n.ts'
import { clockTime, daysBetween, rowTime } from './dates.ts'

/** Tints of avatars in tokens.css. */
const TINTS = 8

/** Up to two letters: of the first and the last word of a name. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map(word => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('')
}

/** The same tint for the same person on every device: the first byte of the random id. */
export const tintOf = (id: string): number => (Number.parseInt(id.slice(0, 2), 16) || 0) % TINTS

export const firstName = (name: string): string => name.trim().split(/\s+/u)[0] ?? name

export type Presence = 'online' | 'offline' | 'unknown'

/** Never newer than the network knows: without a network nobody's presence is known. */
export const presenceOf = (id: string, online: readonly string[], network: NetworkStatus): Presence => {
  if (network.state === 'offline' || network.state === 'stopped') return 'unknown'
  return online.includes(id) ? 'online' : 'offline'
}

/** 'Online', 'Presence not known', 'Last here today 12:40', or 'Offline' for somebody never seen. */
export const presenceWords = (presence: Presence, lastSeenAt: number | null, now: number): string => {
  if (presence === 'online') return t('presence.online')
  if (presence === 'unknown') return t('presence.unknown')
  if (lastSeenAt === null) return t('presence.offline')
  const days = daysBetween(lastSeenAt, now)
  if (days <= 0) return t('presence.lastToday', { time: clockTime(lastSeenAt) })
  if (days === 1) return t('presence.lastYesterday', { time: clockTime(lastSeenAt) })
  return t('presence.lastDay', { day: rowTime(lastSeenAt, now) })
}

/** 'Marta', 'Marta and Pekka', 'Marta, Pekka and Anna'. */
export const nameList = (names: readonly string[], kind: 'conjunction' | 'disjunction' = 'conjunction'): string =>
  new Intl.ListFormat('en-GB', { type: kind }).format(names)

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** In the order of the interface's language. */
export const sortedNames = (names: readonly string[]): readonly string[] => names.toSorted(collator.compare)

/** 'Emma and Pekka': each signer once, whatever number of keys they signed with. */
export const signerNames = (signers: readonly { readonly name: string }[]): string =>
  nameList(sortedNames([...new Set(signers.map(({ name }) => name))]))

export const byName = (a: Pick<Person, 'name'>, b: Pick<Person, 'name'>): number => collator.compare(a.name, b.name)

/** Departments with their sizes, by name; people without one are counted nowhere. */
export const departmentsOf = (people: readonly Person[]): readonly (readonly [string, number])[] => {
  const sizes = new Map<string, number>()
  for (const { department } of people) if (department !== '') sizes.set(department, (sizes.get(department) ?? 0) + 1)
  return [...sizes].sort(([a], [b]) => collator.compare(a, b))
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

interface Searchable {
  readonly starts: readonly string[]
  readonly email: string
  readonly phone: string
}

/** Folding 10,000 people takes longer than the next key: each row is folded once. */
const searchables = new WeakMap<Person, Searchable>()

const searchableOf = (person: Person): Searchable => {
  const known = searchables.get(person)
  if (known !== undefined) return known
  const made = {
    starts: fold(`${person.name} ${person.title} ${person.department} ${person.roles.join(' ')}`).split(/[\s,-]+/u),
    email: fold(person.email),
    phone: person.phone.replace(/\s+/gu, ''),
  }
  searchables.set(person, made)
  return made
}

/** Whether every word of a query begins a word of the name, title, department, roles or mail address, or is part of the number. */
export const matchesPerson = (person: Person, query: string): boolean => {
  const words = fold(query).split(/\s+/u).filter(Boolean)
  const { starts, email, phone } = searchableOf(person)
  const isInEmail = (word: string) =>
    email.startsWith(word) || email.includes(`.${word}`) || email.includes(`@${word}`) || email.includes(`-${word}`)
  return words.every(
    word =>
      starts.some(start => start.startsWith(word)) || isInEmail(word) || (word.length > 2 && phone.includes(word)),
  )
}
