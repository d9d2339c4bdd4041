import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { type MessageKey, t } from '../../locales/i18n.ts'
import { Icon } from '../Icon.tsx'
import { Badge, type BadgeProps } from './Badge.tsx'
import styles from './SetupLayout.module.css'

export interface Steps {
  readonly names: readonly MessageKey[]
  /** From 0. */
  readonly current: number
}

const StepList = ({ names, current }: Steps) => (
  <ol className={styles.steps} aria-label={t('steps.label')}>
    {names.map((name, index) => (
      <li key={name} aria-current={index === current ? 'step' : undefined}>
        <span className={styles.number}>{index < current ? <Icon icon={Check} size={12} /> : index + 1}</span>
        {t(name)}
      </li>
    ))}
  </ol>
)

export interface SetupLayoutProps {
  badge: BadgeProps
  steps?: Steps
  title: string
  lede: string
  children: ReactNode
  foot?: ReactNode
}

/** The screens before the main window: the badge beside one question at a time. */
export const SetupLayout = ({ badge, steps, title, lede, children, foot }: SetupLayoutProps) => (
  <div className={styles.layout}>
    <Badge {...badge} />
    <main className={styles.main}>
      <div className={styles.body}>
        {steps !== undefined && <StepList {...steps} />}
        <h1>{title}</h1>
        <p className={styles.lede}>{lede}</p>
        {children}
      </div>
      {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
    </main>
  </div>
)
