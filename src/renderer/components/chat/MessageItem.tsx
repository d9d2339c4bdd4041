import { type KeyboardEvent, type Ref, useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { clockTime } from '../../text/dates.ts'
import type { MessageRow } from '../../text/message-list.ts'
import { messageName } from '../../text/row-names.ts'
import { Bubble } from './Bubble.tsx'
import styles from './MessageItem.module.css'
import { MessageMenu } from './MessageMenu.tsx'
import { StateWords } from './StateWords.tsx'

export interface MessageItemProps {
  row: MessageRow
  /** The other person of a one-to-one conversation. */
  otherName: string
  isOtherOnline: boolean
  /** The one Tab stop of the messages. */
  isTabStop: boolean
  onFocus(): void
  ref?: Ref<HTMLElement>
}

export const MessageItem = ({ row, otherName, isOtherOnline, isTabStop, onFocus, ref }: MessageItemProps) => {
  const [isMenuOpen, setMenuOpen] = useState(false)
  const { message, isOwn, joinsPrevious } = row
  const openByKey = (event: KeyboardEvent) => {
    const opens = event.key === 'Enter' || event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')
    if (!opens || event.target !== event.currentTarget) return
    event.preventDefault()
    setMenuOpen(true)
  }
  return (
    <article
      ref={ref}
      className={`${styles.item} ${isOwn ? styles.own : ''} ${joinsPrevious ? styles.joined : ''}`}
      aria-label={messageName(isOwn ? t('chat.you') : otherName, clockTime(message.sentAt), message)}
      aria-haspopup="menu"
      tabIndex={isTabStop ? 0 : -1}
      data-message={message.id}
      onFocus={onFocus}
      onKeyDown={openByKey}
      onContextMenu={event => {
        if (window.getSelection()?.isCollapsed === false) return // the selection's own menu
        event.preventDefault()
        setMenuOpen(true)
      }}
    >
      <div className={styles.stack}>
        <div className={styles.line}>
          <Bubble row={row} />
          <div className={`${styles.actions} ${isMenuOpen ? styles.actionsOpen : ''}`}>
            <MessageMenu message={message} isOwn={isOwn} isOpen={isMenuOpen} onOpenChange={setMenuOpen} />
          </div>
        </div>
        {row.hasStateWords && isOwn && (
          <StateWords message={message} otherName={otherName} isOtherOnline={isOtherOnline} />
        )}
      </div>
    </article>
  )
}
