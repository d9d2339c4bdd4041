import { Pencil, Signature, Undo2 } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import type { StagedChange } from '../../../../shared/contract/administration-entities.ts'
import type { EngineOutput } from '../../../../shared/contract/engine.ts'
import { useCall } from '../../../actions/useCall.ts'
import { useSigning } from '../../../actions/useSigning.ts'
import { t } from '../../../locales/i18n.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { changeWords } from '../../../text/change-words.ts'
import { calendarDay } from '../../../text/dates.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { IconButton } from '../../IconButton.tsx'
import dialogs from '../dialogs.module.css'
import { UnlockField } from '../UnlockField.tsx'
import { ChangeLines } from './ChangeLines.tsx'
import { EditStaged, isEditable } from './EditStaged.tsx'
import styles from './ReviewDialog.module.css'

export interface ReviewDialogProps {
  changes: EngineOutput<'changes.get'>
  onClose(): void
}

/** Names every change before it is signed; single ones can be gone on with, or taken back. */
export const ReviewDialog = ({ changes, onClose }: ReviewDialogProps) => {
  const { nextVersion, threshold, staged, stagedCount, needsRenewal } = changes
  const { list } = useOrganisation()
  const signing = useSigning()
  const discard = useCall('changes.discard')
  const [edited, setEdited] = useState<StagedChange | null>(null)
  const form = useId()
  const isRenewal = stagedCount === 0
  const hasProblem = staged.some(({ problem }) => problem !== null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await signing.sign()) onClose()
  }
  const takeBack = async (ids: number[] | null) => {
    const isLast = ids === null || stagedCount === 1
    if ((await discard.run({ ids })) !== undefined && isLast && !needsRenewal) onClose()
  }
  const actsOn = (waiting: StagedChange) => {
    const { line } = changeWords(waiting.change)
    return (
      <span className={styles.acts}>
        {isEditable(waiting) && (
          <IconButton
            icon={Pencil}
            size="small"
            label={t('review.edit', { change: line })}
            onClick={() => setEdited(waiting)}
          />
        )}
        <IconButton
          icon={Undo2}
          size="small"
          label={t('review.takeBack', { change: line })}
          onClick={() => void takeBack([waiting.id])}
        />
      </span>
    )
  }
  return (
    <Dialog
      title={t('review.title', { version: nextVersion })}
      onClose={onClose}
      footer={
        <>
          {stagedCount > 1 && (
            <span className={styles.all}>
              <Button kind="muted" isBusy={discard.isBusy} onClick={() => void takeBack(null)}>
                {t('review.takeAllBack')}
              </Button>
            </span>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            kind="primary"
            type="submit"
            form={form}
            icon={Signature}
            isBusy={signing.isBusy}
            disabled={hasProblem || (isRenewal && !needsRenewal)}
          >
            {t('review.sign', { version: nextVersion })}
          </Button>
        </>
      }
    >
      <form id={form} className={dialogs.form} onSubmit={event => void submit(event)}>
        <p className={dialogs.lede}>
          {isRenewal
            ? t('review.renewal', { day: calendarDay(list.expiresAt, Date.now()) })
            : t('review.lede', { count: stagedCount, threshold })}
        </p>
        {!isRenewal && (
          <div className={styles.box}>
            <ChangeLines
              label={t('review.changes')}
              changes={staged.map(({ change }) => change)}
              count={stagedCount}
              fault={index => staged[index]?.problem ?? null}
              act={(_change, index) => staged[index] && actsOn(staged[index])}
            />
          </div>
        )}
        <UnlockField adminKey={signing.adminKey} />
        <ErrorNote code={signing.error ?? discard.error} />
      </form>
      {edited !== null && <EditStaged staged={edited} onClose={() => setEdited(null)} />}
    </Dialog>
  )
}
