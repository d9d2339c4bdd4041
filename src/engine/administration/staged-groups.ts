import type { TrustedState } from '../../org/index.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Reader, Statements } from '../storage/statements.ts'
import { targetOf } from './staged-edit.ts'
import { fateOf } from './staged-plan.ts'
import { deleteStagedTarget, findStagedRow, readStagedRowsOf, type StagedRow, saveStagedEdit } from './staged-rows.ts'

/** Who comes on the list with what is staged: as a new person, or with a device that was let in. */
const comes = (reader: Reader, trusted: TrustedState, id: PersonId): boolean => {
  const known = findStagedRow(reader, `person ${id}`)?.edit
  if (known?.kind === 'put-person' && known.isNew) return true
  return readStagedRowsOf(reader, 'device').some(
    ({ edit }) => edit.kind === 'add-device' && edit.personId === id && fateOf(trusted, edit) === 'change',
  )
}

/** Staged groups that name people who are neither on the list nor to come on it, as they are without them. */
export const groupsWithoutGone = (reader: Reader, trusted: TrustedState): StagedRow[] =>
  readStagedRowsOf(reader, 'group').flatMap(row => {
    if (row.edit.kind !== 'put-group') return []
    const { group } = row.edit
    const members = group.members.filter(id => trusted.people.has(id) || comes(reader, trusted, id))
    return members.length === group.members.length
      ? []
      : [{ ...row, edit: { ...row.edit, group: { ...group, members } } }]
  })

/** No list takes a group of people who are not there: the groups forget them, as those on the list do. */
export const forgetGonePeople = (tx: Statements, trusted: TrustedState): void => {
  for (const { edit, stagedAt } of groupsWithoutGone(tx, trusted)) {
    if (fateOf(trusted, edit) === 'idle') deleteStagedTarget(tx, targetOf(edit))
    else saveStagedEdit(tx, edit, stagedAt)
  }
}
