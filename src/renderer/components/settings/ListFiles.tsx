import { Download } from 'lucide-react'
import { useState } from 'react'
import type { EngineOutput } from '../../../shared/contract/engine.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { saveFile } from '../../actions/save-file.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useSession } from '../../session-context.tsx'
import { Button } from '../Button.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { DropFile, type OpenedFile } from '../OpenFile.tsx'
import styles from './ListFiles.module.css'
import { SettingRow, SettingsSection } from './rows.tsx'
import { TakeFileDialog } from './TakeFileDialog.tsx'

export interface Inspected {
  readonly file: OpenedFile
  readonly found: EngineOutput<'file.inspect'>
}

/** The list and everything around it by file, for PCs that the network does not reach. */
export const ListFiles = () => {
  const { engine } = useSession()
  const inspect = useCall('file.inspect')
  const [inspected, setInspected] = useState<Inspected | null>(null)
  const save = () =>
    engine('file.export', { what: 'bundle' }).then(file => saveFile(file.name, file.bytes), reportFailure)
  const open = async (file: OpenedFile) => {
    const found = await inspect.run({ bytes: file.bytes })
    if (found !== undefined) setInspected({ file, found })
  }
  return (
    <SettingsSection title={t('org.files')}>
      <SettingRow label={t('org.saveList')} text={t('org.saveListText')}>
        <Button icon={Download} onClick={() => void save()}>
          {t('org.save')}
        </Button>
      </SettingRow>
      <div className={styles.open}>
        <p className={styles.text}>{t('org.openText')}</p>
        <DropFile
          label={t('org.openFile')}
          hint={t('org.dropHint')}
          isBusy={inspect.isBusy}
          onFile={file => void open(file)}
        />
        <ErrorNote code={inspect.error} />
      </div>
      {inspected !== null && <TakeFileDialog {...inspected} onClose={() => setInspected(null)} />}
    </SettingsSection>
  )
}
