import { Ticket } from 'lucide-react'
import type { Invitation } from '../../../../shared/contract/entities.ts'
import type { InvitationId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { calendarDay } from '../../../text/dates.ts'
import { Avatar } from '../../Avatar.tsx'
import { Button } from '../../Button.tsx'
import { Checkbox } from '../../Checkbox.tsx'
import { Tag } from '../../Tag.tsx'
import rows from '../rows.module.css'
import styles from './InvitationRows.module.css'

const endKey = {
  used: 'invitations.used',
  withdrawn: 'invitations.withdrawn',
  expired: 'invitations.expired',
} as const

export interface InvitationRowsProps {
  invitations: readonly Invitation[]
  chosen: ReadonlySet<InvitationId>
  onToggle(id: InvitationId, isOn: boolean): void
  onShow(invitation: Invitation): void
  onWithdraw(invitation: Invitation): void
}

/** Invitations with the state of each; open ones can be shown again, chosen and withdrawn. */
export const InvitationRows = ({ invitations, chosen, onToggle, onShow, onWithdraw }: InvitationRowsProps) => {
  const now = useNow(MINUTE)
  return (
    <div className={rows.container}>
      <ul className={rows.rows} aria-label={t('admin.invitations')}>
        {invitations.map(invitation => {
          const { id, personId, name, title, department, createdAt, expiresAt, state } = invitation
          const isOpen = state === 'open'
          return (
            <li key={id} className={styles.row}>
              {isOpen && (
                <span className={styles.choose}>
                  <Checkbox
                    label={t('invitations.select', { name })}
                    isLabelHidden
                    isOn={chosen.has(id)}
                    onChange={isOn => onToggle(id, isOn)}
                  />
                </span>
              )}
              <Avatar id={personId} name={name} size={36} />
              <div className={rows.person}>
                <p className={rows.name} title={name}>
                  {name}
                </p>
                <p className={rows.detail}>{[title, department].filter(Boolean).join(', ')}</p>
              </div>
              <p className={`${rows.until} ${rows.middle}`}>
                {isOpen
                  ? t('invite.goodUntil', { day: calendarDay(expiresAt, now) })
                  : t('invitations.madeAt', { day: calendarDay(createdAt, now) })}
              </p>
              {isOpen ? (
                <div className={rows.acts}>
                  <Button
                    kind="muted"
                    size="small"
                    aria-label={t('invite.withdrawName', { name })}
                    onClick={() => onWithdraw(invitation)}
                  >
                    {t('invite.withdraw')}
                  </Button>
                  <Button
                    size="small"
                    icon={Ticket}
                    aria-label={t('invitations.showName', { name })}
                    onClick={() => onShow(invitation)}
                  >
                    {t('invitations.show')}
                  </Button>
                </div>
              ) : (
                <Tag kind={state === 'used' ? 'ok' : 'plain'}>{t(endKey[state])}</Tag>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
