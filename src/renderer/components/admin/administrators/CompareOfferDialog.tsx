import type { KeyOffer } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { WordGrid } from '../../WordGrid.tsx'
import styles from '../dialogs.module.css'

export interface CompareOfferDialogProps {
  offer: KeyOffer
  onSame(): void
  onClose(): void
}

/** Shows the words of an offer large and asks whether the colleague's screen shows the same. */
export const CompareOfferDialog = ({ offer: { name, words }, onSame, onClose }: CompareOfferDialogProps) => (
  <Dialog
    title={t('admins.compareTitle')}
    onClose={onClose}
    footer={
      <>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button kind="primary" onClick={onSame}>
          {t('admins.same')}
        </Button>
      </>
    }
  >
    <div className={styles.form}>
      <p className={styles.lede}>{t('admins.compareLede', { name })}</p>
      <WordGrid words={words} label={t('admin.words')} />
    </div>
  </Dialog>
)
