import { Download } from 'lucide-react'
import type { Administrators } from '../../../../shared/contract/administration-entities.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { saveFile } from '../../../actions/save-file.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { useSession } from '../../../session-context.tsx'
import { seenWords } from '../../../text/seen.ts'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { WordGrid } from '../../WordGrid.tsx'
import styles from './OwnOffer.module.css'

/** This person's own offer while it waits: its words, to be read to an administrator. */
export const OwnOffer = ({ offer }: { offer: NonNullable<Administrators['ownOffer']> }) => {
  const { engine } = useSession()
  const now = useNow(MINUTE)
  const withdraw = useCall('administrators.withdrawOffer')
  const save = () =>
    engine('file.export', { what: 'key-offer' }).then(file => saveFile(file.name, file.bytes), reportFailure)
  const end = async () => {
    if ((await withdraw.run({})) !== undefined) showToast(t('offer.withdrawn'))
  }
  return (
    <div className={styles.offer}>
      <div>
        <p className={styles.title}>{t('offer.waitingTitle')}</p>
        <p className={styles.text}>{t('offer.waitingText', { time: seenWords(offer.offeredAt, now, 'inside') })}</p>
      </div>
      <WordGrid words={offer.words} label={t('offer.words')} />
      <ErrorNote code={withdraw.error} />
      <div className={styles.acts}>
        <Button icon={Download} onClick={() => void save()}>
          {t('offer.save')}
        </Button>
        <Button kind="muted" isBusy={withdraw.isBusy} onClick={() => void end()}>
          {t('offer.withdraw')}
        </Button>
      </div>
    </div>
  )
}
