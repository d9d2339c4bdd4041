import { expect, test } from 'vitest'
import { keyLabels } from '../../../../src/org/administration/root-change.ts'
import { keyKind, keyLine } from '../../../../src/renderer/text/key-words.ts'

test('every label that Lanyard gives a key has words of its own', () => {
  expect(Object.values(keyLabels).map(label => keyKind({ label }))).toEqual([
    'Recovery sheet',
    'Signing key',
    'Confirmation key',
  ])
})

test('a key says what it is and what it signs', () => {
  expect(keyLine({ label: keyLabels.contacts, roles: ['contacts', 'orders'] })).toBe(
    'Signing key: contact list and orders',
  )
  expect(keyLine({ label: 'Smart card', roles: ['root'] })).toBe('Smart card: changes of administrators')
})
