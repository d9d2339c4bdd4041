import { useState } from 'react'
import type { EngineOutput } from '../../../shared/contract/engine.ts'
import { type ErrorCode, isLanyardError } from '../../../shared/errors.ts'
import { useTakeFile } from '../../actions/useTakeFile.ts'
import { t } from '../../locales/i18n.ts'
import { showToast } from '../../ui-state.ts'
import { ChangeLines } from '../admin/changes/ChangeLines.tsx'
import dialogs from '../admin/dialogs.module.css'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { ForkAdvice, ForkFacts } from '../ForkFacts.tsx'
import type { OpenedFile } from '../OpenFile.tsx'
import styles from './TakeFileDialog.module.css'

const whatItIs = ({ kind, version, forks }: EngineOutput<'file.inspect'>): string => {
  if (forks.length > 0) return t('org.openFork')
  switch (kind) {
    case 'bundle':
      return t('org.openBundle', { version: version ?? 0 })
    case 'proposal':
      return t('org.openProposal', { version: version ?? 0 })
    case 'invitation':
      return t('org.openInvitation')
    case 'notices':
      return t('org.openNotices')
  }
}

export interface TakeFileDialogProps {
  file: OpenedFile
  found: EngineOutput<'file.inspect'>
  onClose(): void
}

/** Says what a file holds and what it would change, before it is taken in. */
export const TakeFileDialog = ({ file, found, onClose }: TakeFileDialogProps) => {
  const takeFile = useTakeFile()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorCode | null>(null)
  const { kind, changes, changeCount, forks } = found
  const isFork = forks.length > 0
  const hasChanges = changeCount > 0 || (!isFork && (kind === 'bundle' || kind === 'proposal'))
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      await takeFile(file.bytes)
      onClose()
    } catch (cause) {
      const code = isLanyardError(cause) ? cause.code : 'internal'
      // the list in it is refused, and what it proves is kept: that is what was asked for
      if (isFork && code === 'fork') {
        showToast(t('org.tookForks', { forks: forks.length }))
        return onClose()
      }
      setError(code)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('org.openTitle', { name: file.name })}
      onClose={onClose}
      footer={
        kind === 'invitation' ? (
          <Button onClick={onClose}>{t('action.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button kind="primary" isBusy={isBusy} onClick={() => void run()}>
              {t(isFork ? 'org.openForkAction' : 'org.openAction')}
            </Button>
          </>
        )
      }
    >
      <div className={dialogs.form}>
        <p className={dialogs.lede}>{whatItIs(found)}</p>
        {isFork && (
          <div className={styles.forks}>
            {forks.map(fork => (
              <ForkFacts key={`${fork.document}/${fork.version}`} fork={fork} />
            ))}
            <ForkAdvice />
          </div>
        )}
        {isFork && !hasChanges && <p className={dialogs.note}>{t('org.openForkKeep')}</p>}
        {hasChanges && (
          <div>
            <p className={dialogs.note}>{t('org.openChanges', { count: changeCount })}</p>
            {changeCount > 0 && (
              <ChangeLines label={t('org.openChanges', { count: changeCount })} changes={changes} count={changeCount} />
            )}
          </div>
        )}
        <ErrorNote code={error} />
      </div>
    </Dialog>
  )
}
