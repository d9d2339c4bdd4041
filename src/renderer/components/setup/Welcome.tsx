import { Building2, Network, Ticket } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { Dialog } from '../Dialog.tsx'
import { Icon } from '../Icon.tsx'
import { Choice } from './Choice.tsx'
import styles from './form.module.css'
import { SetupLayout } from './SetupLayout.tsx'

export const Welcome = ({ onChoose }: { onChoose(path: 'join' | 'found'): void }) => {
  const { network } = useStatus()
  const [isKeepsOpen, setKeepsOpen] = useState(false)
  const networkWords = () => {
    if (network.state === 'stopped') return null
    return (
      <span className={styles.network}>
        <Icon icon={Network} size={14} />
        {t(network.state === 'offline' ? 'welcome.networkMissing' : 'welcome.networkFound')}
      </span>
    )
  }
  return (
    <SetupLayout
      badge={{ name: '', title: '', organisation: '', state: 'unsigned' }}
      title={t('welcome.title')}
      lede={t('welcome.lede')}
      foot={
        <>
          <button type="button" className={styles.keeps} onClick={() => setKeepsOpen(true)}>
            {t('welcome.keeps')}
          </button>
          {networkWords()}
        </>
      }
    >
      <div className={styles.choices}>
        <Choice
          icon={Ticket}
          title={t('welcome.join')}
          text={t('welcome.joinText')}
          isFirst
          onChoose={() => onChoose('join')}
        />
        <Choice
          icon={Building2}
          title={t('welcome.found')}
          text={t('welcome.foundText')}
          onChoose={() => onChoose('found')}
        />
      </div>
      {isKeepsOpen && (
        <Dialog title={t('welcome.keepsTitle')} width="narrow" onClose={() => setKeepsOpen(false)}>
          <p>{t('welcome.keepsText')}</p>
        </Dialog>
      )}
    </SetupLayout>
  )
}
