import type { StagedChange } from '../../shared/contract/administration-entities.ts'
import type { Group, Person } from '../../shared/contract/entities.ts'

type Draft<K> = Extract<StagedChange['draft'], { kind: K }>

/** As a row of the list or the form that changes it knows somebody; nothing has been heard of their devices. */
export const personOfDraft = ({ kind, personId, ...fields }: Draft<'person'>): Person => ({
  ...fields,
  id: personId,
  devices: 0,
  isAdmin: false,
  listed: false,
  lastSeenAt: null,
})

export const groupOfDraft = ({ groupId, name, members, departments }: Draft<'group'>): Group => ({
  id: groupId,
  name,
  members,
  departments,
})

/** Who comes with the next list. */
export const newPeople = (staged: readonly StagedChange[]): readonly Person[] =>
  staged.flatMap(({ change, draft }) =>
    change.kind === 'person-added' && draft?.kind === 'person' ? [personOfDraft(draft)] : [],
  )

/** Every group as it will be, those that are to come among them; by id. */
export const stagedGroups = (staged: readonly StagedChange[]): ReadonlyMap<string, Group> =>
  new Map(staged.flatMap(({ draft }) => (draft?.kind === 'group' ? [[draft.groupId, groupOfDraft(draft)]] : [])))
