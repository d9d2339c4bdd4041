import type { EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Membership } from '../organisation/list/membership.ts'
import {
  countsOf,
  editsOf,
  exportTable,
  guessMapping,
  type ListedPerson,
  previewTable,
  readTable,
  tellRows,
} from './people-table/index.ts'
import type { Staged } from './staged.ts'

/** Tables of people in and out. */
export interface People {
  /** Throws `table-unreadable`. */
  preview(input: EngineInput<'people.preview'>): EngineOutput<'people.preview'>
  /** Throws `table-unreadable`, `table-has-problems`. */
  import(input: EngineInput<'people.import'>): Promise<EngineOutput<'people.import'>>
  export(): Uint8Array<ArrayBuffer>
}

export interface PeopleInit {
  membership: Membership
  staged: Pick<Staged, 'all' | 'stage'>
}

export const createPeople = ({ membership, staged }: PeopleInit): People => {
  /** Everybody as they will be once what is staged is signed. */
  const everybody = (): Iterable<ListedPerson> => {
    const people = new Map<PersonId, ListedPerson>(membership.trusted().people)
    for (const { edit } of staged.all()) {
      if (edit.kind === 'put-person') people.set(edit.person.personId, edit.person)
      if (edit.kind === 'remove-person') people.delete(edit.personId)
    }
    return people.values()
  }

  return {
    preview({ table: bytes, mapping: given }) {
      const table = readTable(bytes)
      const mapping = given ?? guessMapping(table)
      const preview = previewTable(table, mapping, everybody())
      return {
        columns: [...table.columns],
        mapping,
        counts: countsOf(preview),
        rows: tellRows(preview),
        rowCount: preview.length,
      }
    },
    async import({ table, mapping, skipProblems }) {
      const preview = previewTable(readTable(table), mapping, everybody())
      const { problem: skipped, change: changed } = countsOf(preview)
      if (skipped > 0 && !skipProblems)
        throw new LanyardError('table-has-problems', `${skipped} rows of the table have problems`)
      return { added: await staged.stage(editsOf(preview)), changed, skipped }
    },
    export: () => exportTable(membership.trusted().people.values()),
  }
}
