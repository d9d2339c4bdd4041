import { Clock } from 'lucide-react'
import { useState } from 'react'
import type { JoinRequest } from '../../../../shared/contract/entities.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { seenWords } from '../../../text/seen.ts'
import { Avatar } from '../../Avatar.tsx'
import { Button } from '../../Button.tsx'
import { Tag } from '../../Tag.tsx'
import { WordChips } from '../../WordChips.tsx'
import styles from '../rows.module.css'
import { ApproveDialog } from './ApproveDialog.tsx'
import { DeclineDialog } from './DeclineDialog.tsx'
import { useApprovedDevices } from './useApprovedDevices.ts'

type Asked = { readonly act: 'approve' | 'decline'; readonly request: JoinRequest }

export const RequestRows = ({ requests }: { requests: readonly JoinRequest[] }) => {
  const [asked, setAsked] = useState<Asked | null>(null)
  const approved = useApprovedDevices()
  const now = useNow(MINUTE)
  const close = () => setAsked(null)
  return (
    <div className={styles.container}>
      {requests.length === 0 && <p className={styles.none}>{t('admin.noRequests')}</p>}
      {requests.length > 0 && (
        <ul className={styles.rows} aria-label={t('admin.requests')}>
          {requests.map(request => {
            const { id, personId, name, title, deviceName, words, requestedAt, isConnected, state } = request
            const detail = title === '' ? deviceName : t('admin.device', { title, device: deviceName })
            const asks = t('request.askedAt', { time: seenWords(requestedAt, now, 'inside') })
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
                <div className={styles.middle}>
                  <WordChips words={words} label={t('admin.words')} />
                  <p className={styles.asked}>{isConnected ? asks : `${asks}. ${t('request.through')}`}</p>
                </div>
                {state === 'approved' || approved.has(id) ? (
                  <Tag kind="warning" icon={Clock}>
                    {t('request.staged')}
                  </Tag>
                ) : (
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
                )}
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
