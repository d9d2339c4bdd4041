import { ArrowDown } from 'lucide-react'
import { type FocusEvent, useMemo, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Person } from '../../../shared/contract/entities.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { t } from '../../locales/i18n.ts'
import type { MessageWindow } from '../../queries/useMessageWindow.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { type ListRow, listRows, type UnreadMark } from '../../text/message-list.ts'
import { Icon } from '../Icon.tsx'
import { ChatStart } from './ChatStart.tsx'
import { MessageItem } from './MessageItem.tsx'
import styles from './MessageList.module.css'
import { NewMessages } from './NewMessages.tsx'
import { Separator } from './Separator.tsx'
import { useMarkRead } from './useMarkRead.ts'
import { useMessageKeys } from './useMessageKeys.ts'
import { useMessageScroll } from './useMessageScroll.ts'
import { useStartShift } from './useStartShift.ts'

export interface MessageListProps {
  window: MessageWindow
  other: Person
  isOtherOnline: boolean
  self: PersonId
  /** As it was when the conversation was opened. */
  unread: UnreadMark | null
  /** Messages that are unread now. */
  unreadNow: number
}

/** Pixels beyond the view that exist and are measured: a key or a turn of the wheel then meets no surprises. */
const MEASURED_AHEAD = 800

const NOTHING: readonly never[] = []

export const MessageList = ({ window: shown, other, isOtherOnline, self, unread, unreadNow }: MessageListProps) => {
  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const now = useNow(MINUTE)
  const { messages = NOTHING, reachesStart, reachesNewest, extendBack, extendForward, toNewest } = shown
  const rows = useMemo(() => listRows({ messages, self, unread, reachesStart }), [messages, self, unread, reachesStart])
  const shift = useStartShift(rows)
  const { isAtEnd, measure, followSize } = useMessageScroll({
    list,
    scroller,
    rows,
    reachesNewest,
    extendBack,
    extendForward,
  })
  const { activeIndex, setActiveKey, onKeyDown, register } = useMessageKeys(rows, list)
  useMarkRead(messages, self, unreadNow, isAtEnd)

  const goToNewest = () => {
    if (reachesNewest) list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
    else toNewest()
  }
  const forgetPlace = (event: FocusEvent) => {
    // Coming back with Shift+Tab begins at the newest message again.
    if (!event.currentTarget.contains(event.relatedTarget)) setActiveKey(null)
  }
  const renderRow = (row: ListRow, index: number) => {
    if (row.kind === 'start') return <ChatStart key={row.key} name={other.name} isEmpty={messages.length === 0} />
    if (row.kind !== 'message') return <Separator key={row.key} row={row} now={now} />
    return (
      <MessageItem
        key={row.key}
        ref={element => register(row.key, element)}
        row={row}
        otherName={other.name}
        isOtherOnline={isOtherOnline}
        isTabStop={index === activeIndex}
        onFocus={() => setActiveKey(row.key)}
      />
    )
  }

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.log}
        role="log"
        aria-label={t('chat.messages')}
        aria-live="off"
        aria-busy={shown.messages === undefined}
        onKeyDown={onKeyDown}
        onBlur={forgetPlace}
      >
        <div className={styles.spacer} />
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          shift={shift}
          bufferSize={MEASURED_AHEAD}
          keepMounted={activeIndex >= 0 ? [activeIndex] : []}
          onScroll={measure}
          onResize={followSize}
        >
          {renderRow}
        </Virtualizer>
        <div className={styles.end} />
      </div>
      {!isAtEnd && (
        <button type="button" className={styles.toNewest} onClick={goToNewest}>
          {unreadNow > 0 ? t('chat.newMessages', { count: unreadNow }) : t('chat.toNewest')}
          <Icon icon={ArrowDown} size={16} />
        </button>
      )}
      <NewMessages messages={messages} self={self} name={other.name} />
    </div>
  )
}
