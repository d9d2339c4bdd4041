import { Download } from 'lucide-react'
import { useState } from 'react'
import { type ErrorCode, isLanyardError } from '../../../shared/errors.ts'
import { saveFile } from '../../actions/save-file.ts'
import { t } from '../../locales/i18n.ts'
import { useSession } from '../../session-context.tsx'
import { Button } from '../Button.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { OpenFile } from '../OpenFile.tsx'
import styles from './JoinByFile.module.css'

/** Joining without a network between the two PCs: the request goes out as a file, the answer comes back as one. */
export const JoinByFile = () => {
  const { engine } = useSession()
  const [said, setSaid] = useState('')
  const [error, setError] = useState<ErrorCode | null>(null)
  const run = (work: () => Promise<string>) => {
    setError(null)
    setSaid('')
    work().then(setSaid, (cause: unknown) => {
      const code = isLanyardError(cause) ? cause.code : 'internal'
      // Requests and offers are for members: whoever waits has opened the wrong file.
      if (code === 'not-joined') setSaid(t('joinFile.notThis'))
      else setError(code)
    })
  }
  const save = async () => {
    const { name, bytes } = await engine('file.export', { what: 'join-request' })
    saveFile(name, bytes)
    return t('joinFile.saved')
  }
  const open = async (bytes: Uint8Array<ArrayBuffer>) => {
    const { kind } = await engine('file.import', { bytes })
    // Where the list names this PC, the status leads on and this screen is gone.
    return t(kind === 'bundle' ? 'joinFile.notYet' : 'joinFile.notThis')
  }
  return (
    <section className={styles.part} aria-label={t('joinFile.title')}>
      <p className={styles.text}>{t('joinFile.saveText')}</p>
      <div className={styles.acts}>
        <Button icon={Download} onClick={() => run(save)}>
          {t('joinFile.saveRequest')}
        </Button>
        <OpenFile label={t('joinFile.openAnswer')} onFile={({ bytes }) => run(() => open(bytes))} />
      </div>
      <p className={styles.text} role="status">
        {said}
      </p>
      <ErrorNote code={error} />
    </section>
  )
}
