import { clockTime, exactTime } from '../../text/dates.ts'
import type { MessageRow } from '../../text/message-list.ts'
import { DeliveryMark } from '../DeliveryMark.tsx'
import styles from './Bubble.module.css'
import { MessageText } from './MessageText.tsx'

/** The text with time and mark floating at the end of its last line. */
export const Bubble = ({ row }: { row: MessageRow }) => {
  const { message, isOwn, joinsPrevious, joinsNext } = row
  const corners = `${joinsPrevious ? styles.joinsPrevious : ''} ${joinsNext ? styles.joinsNext : ''}`
  return (
    <div className={`${styles.bubble} ${isOwn ? styles.own : styles.theirs} ${corners}`}>
      <p className={styles.text}>
        <MessageText text={message.text} />
        <span className={styles.meta}>
          <time dateTime={new Date(message.sentAt).toISOString()} title={exactTime(message.sentAt)}>
            {clockTime(message.sentAt)}
          </time>
          {isOwn && <DeliveryMark state={message.state} />}
        </span>
      </p>
    </div>
  )
}
