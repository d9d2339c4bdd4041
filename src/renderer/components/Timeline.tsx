import { Check } from 'lucide-react'
import { Icon } from './Icon.tsx'
import styles from './Timeline.module.css'

export interface TimelineStep {
  readonly title: string
  readonly detail: string
  readonly state: 'done' | 'current' | 'pending'
}

/** How far something is that takes several people or devices; the last step is the one that counts. */
export const Timeline = ({ label, steps }: { label: string; steps: readonly TimelineStep[] }) => (
  <ol className={styles.line} aria-label={label}>
    {steps.map(({ title, detail, state }) => (
      <li key={title} className={styles[state]} aria-current={state === 'current' ? 'step' : undefined}>
        <span className={styles.mark}>{state === 'done' && <Icon icon={Check} size={12} />}</span>
        <p className={styles.title}>{title}</p>
        <p className={styles.detail}>{detail}</p>
      </li>
    ))}
  </ol>
)
