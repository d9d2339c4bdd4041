import type { ReactNode } from 'react'
import type { Joining } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { firstName } from '../../text/people.ts'
import styles from './WaitingLine.module.css'

const titleOf = ({ state, administrators }: Joining): string => {
  if (state === 'searching') return t('waiting.searching')
  const reached = administrators.filter(({ isReachable }) => isReachable)
  const [only] = reached
  return reached.length === 1 && only !== undefined
    ? t('waiting.has', { name: firstName(only.name) })
    : t('waiting.hasAny')
}

/** What is being waited for, in words, with the way out beside it. */
export const WaitingLine = ({ joining, children }: { joining: Joining; children: ReactNode }) => {
  const minutes = Math.max(0, Math.floor((useNow(MINUTE) - joining.startedAt) / MINUTE))
  return (
    <div className={styles.line}>
      <span className={styles.ring} aria-hidden="true" />
      <div className={styles.words} role="status">
        <p className={styles.title}>{titleOf(joining)}</p>
        <p className={styles.text}>
          {joining.state === 'searching' ? t('waiting.searchingText') : t('waiting.sent', { minutes })}
        </p>
      </div>
      {children}
    </div>
  )
}
