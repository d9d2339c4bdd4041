import { expect, it } from 'vitest'
import { draftOf } from '../../../../src/renderer/components/admin/person/person-draft.ts'
import type { Person } from '../../../../src/shared/contract/entities.ts'
import type { PersonId } from '../../../../src/shared/ids.ts'

const sanna: Person = {
  id: '11'.repeat(16) as PersonId,
  name: 'Sanna Virtanen',
  title: 'Designer',
  department: 'Design',
  email: '',
  phone: '',
  roles: ['first aid'],
  photo: null,
  devices: 1,
  isAdmin: false,
  listed: true,
  lastSeenAt: null,
}

it('goes on from what is staged for this person and nobody else', () => {
  const pekka = '22'.repeat(16) as PersonId
  const draft = draftOf(sanna, [
    { kind: 'person-changed', personId: pekka, name: 'Pekka', fields: [{ field: 'title', before: '', after: 'CEO' }] },
    {
      kind: 'person-changed',
      personId: sanna.id,
      name: 'Sanna Virtanen',
      fields: [
        { field: 'title', before: 'Designer', after: 'Lead designer' },
        { field: 'roles', before: 'first aid', after: 'first aid, helpdesk' },
        { field: 'photo', before: '', after: 'ab'.repeat(32) },
      ],
    },
  ])
  expect(draft).toMatchObject({
    name: 'Sanna Virtanen',
    title: 'Lead designer',
    department: 'Design',
    roles: ['first aid', 'helpdesk'],
    photo: 'ab'.repeat(32),
  })
})

it('knows that staged roles and pictures may be none', () => {
  const fields = [
    { field: 'roles', before: 'first aid', after: '' },
    { field: 'photo', before: 'ab'.repeat(32), after: '' },
  ]
  const draft = draftOf(sanna, [{ kind: 'person-changed', personId: sanna.id, name: sanna.name, fields }])
  expect(draft.roles).toEqual([])
  expect(draft.photo).toBeNull()
})
