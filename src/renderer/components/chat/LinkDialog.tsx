import { isLanyardError } from '../../../shared/errors.ts'
import { errorWords } from '../../locales/error-words.ts'
import { t } from '../../locales/i18n.ts'
import { useSession } from '../../session-context.tsx'
import { showToast } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import styles from './LinkDialog.module.css'

export const LinkDialog = ({ url, onClose }: { url: string; onClose(): void }) => {
  const { host } = useSession()
  const open = () => {
    onClose()
    host('link.open', { url }).catch((error: unknown) =>
      showToast(errorWords(isLanyardError(error) ? error.code : 'internal').what),
    )
  }
  return (
    <Dialog
      title={t('link.title')}
      width="narrow"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" onClick={open}>
            {t('link.open')}
          </Button>
        </>
      }
    >
      <p className={styles.url}>{url}</p>
      <p className={styles.note}>{t('link.text')}</p>
    </Dialog>
  )
}
