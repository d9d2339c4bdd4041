import { t } from '../../locales/i18n.ts'
import { daysBetween, separatorDay } from '../../text/dates.ts'
import type { DayRow, UnreadRow } from '../../text/message-list.ts'
import styles from './Separator.module.css'

const dayWord = (time: number, now: number): string => {
  const days = daysBetween(time, now)
  if (days === 0) return t('chat.today')
  return days === 1 ? t('chat.yesterday') : separatorDay(time, now)
}

const words = (row: DayRow | UnreadRow, now: number): string => {
  if (row.kind === 'unread') return t('chat.newMessages', { count: row.unread })
  const day = dayWord(row.time, now)
  return row.unread > 0 ? t('chat.dayNew', { day, count: row.unread }) : day
}

export const Separator = ({ row, now }: { row: DayRow | UnreadRow; now: number }) => (
  <div className={`${styles.separator} ${row.unread > 0 ? styles.fresh : ''}`}>
    <span>{words(row, now)}</span>
  </div>
)
