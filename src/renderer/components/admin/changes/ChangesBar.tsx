import { PenLine } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'
import { Button } from '../../Button.tsx'
import { Icon } from '../../Icon.tsx'
import styles from './ChangesBar.module.css'
import { ReviewDialog } from './ReviewDialog.tsx'

/** What nobody has signed yet, under every page of the console; also a list that has to be signed anew. */
export const ChangesBar = () => {
  const { data: changes } = useConsole('changes.get', {})
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const count = changes?.stagedCount ?? 0
  // A list that waits for signatures renews it as well.
  const isRenewed = changes?.proposals.some(({ kind }) => kind === 'list') ?? false
  if (changes === undefined || (count === 0 && (!changes.needsRenewal || isRenewed))) return <div role="status" />
  const { nextVersion: version, threshold } = changes
  return (
    <>
      <div className={styles.bar}>
        <Icon icon={PenLine} size={18} />
        <div className={styles.words} role="status">
          <p className={styles.title}>{count === 0 ? t('changes.renewal') : t('changes.unsigned', { count })}</p>
          <p className={styles.note}>
            {count === 0 ? t('changes.renewalNote') : t('changes.unsignedNote', { count, version, threshold })}
          </p>
        </div>
        <Button kind="primary" onClick={() => setOpen(true)}>
          {t('changes.review', { version })}
        </Button>
      </div>
      {isOpen && <ReviewDialog changes={changes} onClose={close} />}
    </>
  )
}
