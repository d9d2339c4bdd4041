import type { Message } from '../../../shared/contract/entities.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { retryMessage } from '../../actions/send.ts'
import { errorWords } from '../../locales/error-words.ts'
import { t } from '../../locales/i18n.ts'
import { useCache, useSession } from '../../session-context.tsx'
import { firstName } from '../../text/people.ts'
import styles from './StateWords.module.css'

export interface StateWordsProps {
  message: Message
  otherName: string
  isOtherOnline: boolean
}

/** What a waiting or failed message says below its bubble; a failed one with the reason and a way out. */
export const StateWords = ({ message, otherName, isOtherOnline }: StateWordsProps) => {
  const { engine } = useSession()
  const cache = useCache()
  const name = firstName(otherName)
  switch (message.state) {
    case 'queued':
      return (
        <p className={styles.words}>{isOtherOnline ? t('chat.stateQueued') : t('chat.stateQueuedUntil', { name })}</p>
      )
    case 'held':
      return <p className={styles.words}>{t('chat.stateHeld', { name })}</p>
    case 'failed': {
      const { what, safe } = errorWords(message.failure ?? 'internal')
      return (
        <p className={styles.failed} role="alert">
          <span>
            {t('state.failed')}. {what} {safe}
          </span>
          <button
            type="button"
            className={styles.action}
            onClick={() => retryMessage(engine, cache, message).catch(reportFailure)}
          >
            {t('message.retry')}
          </button>
        </p>
      )
    }
    default:
      return null
  }
}
