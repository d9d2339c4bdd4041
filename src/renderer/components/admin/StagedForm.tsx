import type { ReactNode } from 'react'
import type { DraftTarget, StagedDraft } from '../../../shared/contract/administration-entities.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { Dialog, LeaveButton } from '../Dialog.tsx'
import { ErrorNote } from '../ErrorNote.tsx'

export interface StagedFormProps {
  target: DraftTarget
  /** Of the dialog that says why nothing can be asked. */
  title: string
  /** The form, as soon as it is known what it goes on from; null: nothing is staged. */
  children(draft: StagedDraft | null): ReactNode
  onClose(): void
}

/** A form that opens with what is staged, never with older values that it would then keep in its place. */
export const StagedForm = ({ target, title, children, onClose }: StagedFormProps) => {
  const { data, error } = useConsole('changes.draft', target)
  if (data !== undefined) return children(data.draft)
  if (error === null) return null
  return (
    <Dialog title={title} width="narrow" onClose={onClose} footer={<LeaveButton />}>
      <ErrorNote code={error} />
    </Dialog>
  )
}
