import { CheckCheck, Clock, Monitor, TriangleAlert } from 'lucide-react'
import type { MessageState } from '../../shared/contract/entities.ts'
import { stateWord } from '../text/row-names.ts'
import styles from './DeliveryMark.module.css'
import { Icon } from './Icon.tsx'

const shapes = { queued: Clock, held: Monitor, delivered: CheckCheck, failed: TriangleAlert } as const

const ReadShape = () => (
  <svg width="20" height="14" viewBox="0 0 20 14" aria-hidden="true">
    <rect width="20" height="14" rx="7" fill="currentColor" />
    <path
      d="M5 7.2 7.3 9.5 11.6 4.8M9.6 9.5l.2.1L14.6 4.8"
      fill="none"
      stroke="var(--text-on-accent)"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

/** Where a message of one's own is. `received` carries no mark. */
export const DeliveryMark = ({ state }: { state: MessageState }) => {
  if (state === 'received') return null
  return (
    <span role="img" aria-label={stateWord(state)} title={stateWord(state)} className={styles[state]}>
      {state === 'read' ? <ReadShape /> : <Icon icon={shapes[state]} size={state === 'delivered' ? 16 : 14} />}
    </span>
  )
}
