import { describe, expect, test } from 'vitest'
import {
  initials,
  matchesPerson,
  nameList,
  presenceOf,
  presenceWords,
  tintOf,
} from '../../../../src/renderer/text/people.ts'
import type { NetworkStatus, Person } from '../../../../src/shared/contract/entities.ts'
import type { PersonId } from '../../../../src/shared/ids.ts'

const DAY = 86_400_000
const noon = new Date(2026, 4, 12, 12).getTime()
const hanna: Person = {
  id: 'fe'.repeat(16) as PersonId,
  name: 'Hanna Mäkelä',
  title: 'Office services',
  department: 'Finance',
  email: 'hanna.makela@norrvik.example',
  phone: '040 555 0121',
  roles: [],
  photo: null,
  devices: 1,
  isAdmin: false,
  listed: true,
  lastSeenAt: null,
}
const network = (state: NetworkStatus['state']): NetworkStatus => ({
  state,
  nearby: 0,
  since: 0,
  deafInterfaces: [],
  clockAheadBy: 0,
})

test('initials are of the first and the last word, in any script', () => {
  expect(['Hanna Mäkelä', 'Cher', 'Ana de la Cruz', '  ', '李 小龙', '𝒜lice 𝓑ob'].map(initials)).toEqual([
    'HM',
    'C',
    'AC',
    '',
    '李小',
    '𝒜𝓑',
  ])
})

test('a tint belongs to the person for ever, whatever the id', () => {
  expect(tintOf(hanna.id)).toBe(tintOf(hanna.id))
  expect(['00', '0b', 'ff', 'zz'].map(tintOf)).toEqual([0, 3, 7, 0])
})

describe('presence', () => {
  test('is not known while this PC has no network, whatever was known before', () => {
    expect(presenceOf(hanna.id, [hanna.id], network('offline'))).toBe('unknown')
    expect(presenceOf(hanna.id, [hanna.id], network('connected'))).toBe('online')
    expect(presenceOf(hanna.id, [], network('searching'))).toBe('offline')
  })
  test('has words', () => {
    expect(presenceWords('online', 0, noon)).toBe('Online')
    expect(presenceWords('unknown', noon, noon)).toBe('Presence not known')
    expect(presenceWords('offline', null, noon)).toBe('Offline')
    expect(presenceWords('offline', noon - 60_000, noon)).toMatch(/^Last here today \d/)
    expect(presenceWords('offline', noon - DAY, noon)).toMatch(/^Last here yesterday \d/)
    expect(presenceWords('offline', noon - 20 * DAY, noon)).toBe('Last here 22 Apr')
  })
})

test('people are found by name without accents, by title, department, mail and phone', () => {
  for (const query of ['mak', 'HANNA', 'hanna fin', 'office', 'makela@norr', '5550121', '']) {
    expect(matchesPerson(hanna, query), query).toBe(true)
  }
  for (const query of ['anna', 'hanna sales', 'pekka']) expect(matchesPerson(hanna, query), query).toBe(false)
})

test('names are listed as people write them', () => {
  expect(nameList(['Pekka', 'Emma'])).toBe('Pekka and Emma')
  expect(nameList(['Pekka', 'Emma', 'Anna'], 'disjunction')).toBe('Pekka, Emma or Anna')
})
