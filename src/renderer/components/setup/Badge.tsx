import { Clock, Shield, ShieldCheck, UserRound, X } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { Avatar } from '../Avatar.tsx'
import { Icon } from '../Icon.tsx'
import styles from './Badge.module.css'

export interface BadgeProps {
  /** Empty until it is known. */
  name: string
  title: string
  organisation: string
  state: 'unsigned' | 'waiting' | 'declined' | 'signed'
}

const signs = {
  unsigned: [Shield, 'badge.notSigned'],
  waiting: [Clock, 'badge.waiting'],
  declined: [X, 'badge.declined'],
  signed: [ShieldCheck, 'badge.signed'],
} as const

const Strap = () => (
  <svg className={styles.strap} width="440" height="320" viewBox="0 0 440 320" aria-hidden="true">
    <path d="M96 -20 214 212M344 -20 226 212" className={styles.ribbon} />
    <path d="M96 -20 214 212M344 -20 226 212" className={styles.weave} />
    <path d="M207 196h26l-5 26h-16z" className={styles.clasp} />
    <rect x="208" y="216" width="24" height="36" rx="8" className={styles.hook} />
  </svg>
)

/** The badge that fills in as the person joins. A decoration: the screens beside it say the same in words. */
export const Badge = ({ name, title, organisation, state }: BadgeProps) => {
  const [icon, words] = signs[state]
  const isKnown = name.trim() !== ''
  return (
    <aside className={styles.side} aria-hidden="true">
      <div className={styles.hanger}>
        <Strap />
        <div className={styles.card}>
          <span className={styles.slot} />
          <span className={styles.face}>
            {isKnown ? (
              <Avatar id="06" name={name} size={96} />
            ) : (
              <span className={styles.nobody}>
                <Icon icon={UserRound} size={32} />
              </span>
            )}
          </span>
          {isKnown ? <strong className={styles.name}>{name}</strong> : <span className={styles.longLine} />}
          {isKnown ? <span className={styles.line}>{title}</span> : <span className={styles.shortLine} />}
          <span className={styles.line}>{organisation}</span>
          <span className={`${styles.sign} ${styles[state]}`}>
            <Icon icon={icon} size={state === 'unsigned' ? 16 : 14} />
            {t(words)}
          </span>
        </div>
      </div>
      <p className={styles.tagline}>{t('badge.tagline')}</p>
    </aside>
  )
}
