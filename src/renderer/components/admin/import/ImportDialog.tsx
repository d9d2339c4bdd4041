import { FileSpreadsheet } from 'lucide-react'
import { useState } from 'react'
import type { EngineOutput } from '../../../../shared/contract/engine.ts'
import { MAX_TABLE_BYTES } from '../../../../shared/limits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { Button } from '../../Button.tsx'
import { Checkbox } from '../../Checkbox.tsx'
import { Dialog, LeaveButton } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { DropFile } from '../../OpenFile.tsx'
import dialogs from '../dialogs.module.css'
import { InvitationsReady } from '../invitations/InvitationsReady.tsx'
import styles from './ImportDialog.module.css'
import { ImportDone } from './ImportDone.tsx'
import { MappingFields } from './MappingFields.tsx'
import { PreviewRows } from './PreviewRows.tsx'
import { type Preview, type ReadTable, usePreview } from './usePreview.ts'

type Issued = EngineOutput<'invitation.createFor'>['invitations']

const ACCEPT = '.csv,.tsv,.txt,text/csv,text/tab-separated-values'

const Counts = ({ counts }: { counts: Preview['counts'] }) => (
  <dl className={styles.counts} aria-label={t('import.counts')}>
    {(['add', 'change', 'same', 'problem'] as const).map(action => (
      <div key={action}>
        <dt>{t(action === 'add' ? 'import.new' : `import.${action}`)}</dt>
        <dd>{counts[action]}</dd>
      </div>
    ))}
  </dl>
)

interface CheckingProps extends ReadTable {
  skipsProblems: boolean
  onMapping(mapping: Preview['mapping']): void
  onSkip(skips: boolean): void
  onAnother(): void
}

const Checking = ({ file, preview, mapping, skipsProblems, onMapping, onSkip, onAnother }: CheckingProps) => (
  <>
    <section className={styles.part}>
      <h3 className={styles.heading}>
        <span title={file.name}>{t('import.rowsOf', { file: file.name })}</span>
        <Button kind="quiet" size="small" onClick={onAnother}>
          {t('import.another')}
        </Button>
      </h3>
      <Counts counts={preview.counts} />
    </section>
    <section className={styles.part} aria-label={t('import.columns')}>
      <h3 className={styles.heading}>{t('import.columns')}</h3>
      <MappingFields columns={preview.columns} mapping={mapping} onMapping={onMapping} />
    </section>
    <PreviewRows label={t('import.rowsOf', { file: file.name })} rows={preview.rows} rowCount={preview.rowCount} />
    {preview.counts.problem > 0 && (
      <div>
        <Checkbox label={t('import.skip', { count: preview.counts.problem })} isOn={skipsProblems} onChange={onSkip} />
        <p className={dialogs.note}>{t('import.skipText')}</p>
      </div>
    )}
  </>
)

/** Choose, see what every row would do, put the columns right, and keep it for the next signature. */
export const ImportDialog = ({ onClose }: { onClose(): void }) => {
  const preview = usePreview()
  const take = useCall('people.import')
  const [skipsProblems, setSkips] = useState(false)
  const [done, setDone] = useState<EngineOutput<'people.import'> | null>(null)
  const [invitations, setInvitations] = useState<Issued | null>(null)
  if (invitations !== null) return <InvitationsReady invitations={invitations} onClose={onClose} />
  if (done !== null) return <ImportDone imported={done} onInvitations={setInvitations} onClose={onClose} />

  const { table } = preview
  const counts = table?.preview.counts
  const wanted = counts === undefined ? 0 : counts.add + counts.change
  const canKeep = wanted > 0 && (counts?.problem === 0 || skipsProblems) && !preview.isBusy
  const keep = async () => {
    if (table === null) return
    const { file, preview: read } = table
    const imported = await take.run({ table: file.bytes, mapping: read.mapping, skipProblems: skipsProblems })
    if (imported !== undefined) setDone(imported)
  }
  return (
    <Dialog
      title={t('import.title')}
      width="wide"
      isChanged={preview.isMapped || skipsProblems}
      onClose={onClose}
      footer={
        <>
          <LeaveButton />
          {table !== null && (
            <Button
              kind="primary"
              isBusy={take.isBusy || preview.isBusy}
              disabled={!canKeep}
              onClick={() => void keep()}
            >
              {t('import.keep', { count: wanted })}
            </Button>
          )}
        </>
      }
    >
      <div className={dialogs.form}>
        {table === null ? (
          <>
            <p className={dialogs.lede}>{t('import.lede')}</p>
            <DropFile
              label={t('import.choose')}
              hint={t('import.drop')}
              icon={FileSpreadsheet}
              accept={ACCEPT}
              maxBytes={MAX_TABLE_BYTES}
              isBusy={preview.isBusy}
              onFile={file => void preview.open(file)}
            />
          </>
        ) : (
          <Checking
            {...table}
            skipsProblems={skipsProblems}
            onMapping={mapping => void preview.map(mapping)}
            onSkip={setSkips}
            onAnother={preview.forget}
          />
        )}
        {counts !== undefined && wanted === 0 && counts.problem === 0 && (
          <p className={dialogs.lede}>{t('import.nothing')}</p>
        )}
        <ErrorNote code={preview.error ?? take.error} />
      </div>
    </Dialog>
  )
}
