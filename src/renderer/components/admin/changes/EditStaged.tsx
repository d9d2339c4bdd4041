import type { StagedChange } from '../../../../shared/contract/administration-entities.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { departmentsOf } from '../../../text/people.ts'
import { groupOfDraft, personOfDraft } from '../../../text/staged.ts'
import { GroupDialog } from '../groups/GroupDialog.tsx'
import { PersonDialog } from '../person/PersonDialog.tsx'

/** Whether a change can be gone on with here; policies have a page of their own. */
export const isEditable = ({ draft, problem }: StagedChange): boolean =>
  problem === null && (draft?.kind === 'person' || draft?.kind === 'group')

/** The form of a person or group again, over the review. */
export const EditStaged = ({ staged, onClose }: { staged: StagedChange; onClose(): void }) => {
  const { people } = useDirectory()
  const { draft } = staged
  if (draft?.kind === 'group') return <GroupDialog group={groupOfDraft(draft)} onClose={onClose} />
  if (draft?.kind !== 'person') return null
  return (
    <PersonDialog
      person={personOfDraft(draft)}
      departments={departmentsOf(people).map(([name]) => name)}
      onClose={onClose}
    />
  )
}
