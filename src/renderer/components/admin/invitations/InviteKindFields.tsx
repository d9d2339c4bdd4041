import { t } from '../../../locales/i18n.ts'
import { Chips } from '../../Chips.tsx'
import { Select } from '../../Select.tsx'
import styles from './InviteKindFields.module.css'
import { daysOf, type InviteKind, LIFETIMES } from './invite-kind.ts'

export const InviteKindFields = ({ whom, setWhom, lifetime, setLifetime }: InviteKind) => {
  return (
    <div className={styles.row}>
      <Chips
        label={t('invite.forWhom')}
        value={whom}
        options={[
          ['new', t('invite.forNew')],
          ['listed', t('invite.forListed')],
        ]}
        onValue={setWhom}
      />
      <span className={styles.life}>
        <span aria-hidden="true">{t('invite.goodFor')}</span>
        <Select
          label={t('invite.goodFor')}
          size="small"
          value={String(lifetime)}
          options={LIFETIMES.map(option => [String(option), t('invite.days', { count: daysOf(option) })] as const)}
          onValue={value => setLifetime(Number(value))}
        />
      </span>
    </div>
  )
}
