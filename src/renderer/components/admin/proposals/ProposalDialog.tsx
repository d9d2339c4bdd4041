import { Download, PenLine } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import type { Proposal } from '../../../../shared/contract/administration-entities.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { saveFile } from '../../../actions/save-file.ts'
import { useAdminKey } from '../../../actions/useAdminKey.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { useSession } from '../../../session-context.tsx'
import { sheetFault } from '../../../text/recovery-words.ts'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { NO_WORDS, RecoverySheetField } from '../../RecoverySheetField.tsx'
import { ChangeLines } from '../changes/ChangeLines.tsx'
import { UnlockField } from '../UnlockField.tsx'
import styles from './ProposalDialog.module.css'
import { ProposalSide } from './ProposalSide.tsx'
import { lacksOne, proposalTitle } from './useProposals.ts'

const useDropping = ({ id, isOwn }: Proposal, onClose: () => void) => {
  const drop = useCall('proposal.drop')
  const run = async () => {
    if ((await drop.run({ id })) === undefined) return
    showToast(t(isOwn ? 'proposal.dropped' : 'proposal.droppedOther'))
    onClose()
  }
  return { ...drop, run }
}

/** What a waiting change does, who has signed it, and this person's signature. */
export const ProposalDialog = ({ proposal, onClose }: { proposal: Proposal; onClose(): void }) => {
  const { engine } = useSession()
  const { isAdmin } = useOrganisation()
  const { id, kind, changes, changeCount, wantsOwn, isOwn } = proposal
  const adminKey = useAdminKey()
  const sign = useCall('proposal.sign')
  const drop = useDropping(proposal, onClose)
  const [words, setWords] = useState(NO_WORDS)
  const form = useId()
  const title = proposalTitle(proposal)
  const asksWords = kind === 'root'
  const isReady = asksWords ? sheetFault(words) === null : !adminKey.isLocked || adminKey.passphrase !== ''
  const error = adminKey.error ?? sign.error ?? drop.error

  const save = () =>
    engine('file.export', { what: 'proposal', id }).then(({ name, bytes }) => saveFile(name, bytes), reportFailure)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady || (!asksWords && !(await adminKey.open()))) return
    const done = await sign.run({ id, words: asksWords ? [...words] : null })
    if (done === undefined) return
    const { signatures, threshold } = done
    showToast(
      done.outcome === 'in-force'
        ? t('proposal.doneInForce', { title })
        : t('proposal.doneWaiting', { title, signatures, threshold }),
    )
    onClose()
  }
  return (
    <Dialog
      title={title}
      width="wide"
      onClose={onClose}
      aside={<ProposalSide proposal={proposal} />}
      footer={
        <>
          <div className={styles.others}>
            {(isAdmin || isOwn) && (
              <Button kind="muted" isBusy={drop.isBusy} onClick={() => void drop.run()}>
                {t(isOwn ? 'proposal.drop' : 'proposal.dropOther')}
              </Button>
            )}
            <Button kind="muted" icon={Download} onClick={() => void save()}>
              {t('proposal.save')}
            </Button>
          </div>
          <Button onClick={onClose}>{t(wantsOwn ? 'proposal.notNow' : 'action.close')}</Button>
          {wantsOwn && (
            <Button
              kind="primary"
              icon={PenLine}
              type="submit"
              form={form}
              isBusy={adminKey.isBusy || sign.isBusy}
              disabled={!isReady}
            >
              {t('proposal.sign')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.main}>
        <h3>{t('proposal.changes', { count: changeCount })}</h3>
        <ChangeLines label={t('proposal.changes', { count: changeCount })} changes={changes} count={changeCount} />
        {wantsOwn && (
          <form id={form} className={styles.form} onSubmit={event => void submit(event)}>
            {asksWords ? <RecoverySheetField words={words} onWords={setWords} /> : <UnlockField adminKey={adminKey} />}
            <p className={styles.note}>{t(lacksOne(proposal) ? 'proposal.lastOne' : 'proposal.notLast')}</p>
          </form>
        )}
        <ErrorNote code={error} />
      </div>
    </Dialog>
  )
}
