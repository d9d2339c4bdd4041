import { useState } from 'react'
import type { JoinRequest } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { Avatar } from '../Avatar.tsx'
import { Button } from '../Button.tsx'
import { ApproveDialog } from './ApproveDialog.tsx'
import { DeclineDialog } from './DeclineDialog.tsx'
import styles from './rows.module.css'

type Asked = { readonly act: 'approve' | 'decline'; readonly request: JoinRequest }

export const RequestRows = ({ requests }: { requests: readonly JoinRequest[] }) => {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <div className={styles.container}>
      {requests.length === 0 && <p className={styles.none}>{t('admin.noRequests')}</p>}
      {requests.length > 0 && (
        <ul className={styles.rows} aria-label={t('admin.requests')}>
          {requests.map(request => {
            const { id, personId, name, title, deviceName, words } = request
            const detail = title === '' ? deviceName : t('admin.device', { title, device: deviceName })
            return (
              <li key={id}>
                <Avatar id={personId} name={name} size={36} />
                <div className={styles.person}>
                  <p className={styles.name} title={name}>
                    {name}
                  </p>
                  <p className={styles.detail} title={detail}>
                    {detail}
                  </p>
                </div>
                <ol className={`${styles.words} ${styles.middle}`} aria-label={t('admin.words')}>
                  {words.map((word, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: six places that never move, a word may come twice
                    <li key={index}>{word}</li>
                  ))}
                </ol>
                <div className={styles.acts}>
                  <Button
                    kind="muted"
                    size="small"
                    aria-label={t('admin.declineName', { name })}
                    onClick={() => setAsked({ act: 'decline', request })}
                  >
                    {t('admin.decline')}
                  </Button>
                  <Button
                    kind="primary"
                    size="small"
                    aria-label={t('admin.approveName', { name })}
                    onClick={() => setAsked({ act: 'approve', request })}
                  >
                    {t('admin.approve')}
                  </Button>
                </div>
              </li>
            )
          })}
        </ul>
      )}
      {asked?.act === 'approve' && <ApproveDialog request={asked.request} onClose={close} />}
      {asked?.act === 'decline' && <DeclineDialog request={asked.request} onClose={close} />}
    </div>
  )
}
