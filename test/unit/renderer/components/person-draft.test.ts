import { expect, it } from 'vitest'
import { draftOf } from '../../../../src/renderer/components/admin/person/person-draft.ts'
import type { StagedChange } from '../../../../src/shared/contract/administration-entities.ts'
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
  const staged = (personId: PersonId, fields: Partial<typeof sanna>): StagedChange => {
    const { name, title, department, email, phone, roles, photo } = { ...sanna, ...fields }
    const draft = { kind: 'person' as const, personId, name, title, department, email, phone, roles, photo }
    return { id: 1, stagedAt: 0, change: { kind: 'person-changed', personId, name, fields: [] }, problem: null, draft }
  }
  const roles = ['first aid, on Mondays', 'helpdesk']
  const draft = draftOf(sanna, [
    staged('22'.repeat(16) as PersonId, { name: 'Pekka' }),
    staged(sanna.id, { title: 'Lead designer', roles }),
  ])
  expect(draft).toMatchObject({ name: 'Sanna Virtanen', title: 'Lead designer', department: 'Design', roles })
  expect(draftOf(sanna, [])).toMatchObject({ title: 'Designer', roles: ['first aid'] })
})
