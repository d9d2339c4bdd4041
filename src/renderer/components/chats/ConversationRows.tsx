import { type KeyboardEvent, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Conversation } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { showConversation, useUi } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { ConversationRow } from './ConversationRow.tsx'
import styles from './ConversationRows.module.css'

/** Pixels, --row-h. */
const ROW_HEIGHT = 64

const nextIndex = (key: string, from: number, count: number): number => {
  if (key === 'ArrowDown') return Math.min(from + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(from - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : -1
}

export interface ConversationRowsProps {
  conversations: readonly Conversation[]
  isFiltered: boolean
}

export const ConversationRows = ({ conversations, isFiltered }: ConversationRowsProps) => {
  const selectedId = useUi(state => state.conversationId)
  const now = useNow(MINUTE)
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const selectedIndex = conversations.findIndex(({ id }) => id === selectedId)
  const tabStop = Math.max(selectedIndex, 0)

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return
    const from = Number(event.target.closest('[data-row]')?.getAttribute('data-row') ?? tabStop)
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      showConversation(conversations[from]?.id ?? null)
      return
    }
    const to = nextIndex(event.key, from, conversations.length)
    if (to < 0) return
    event.preventDefault()
    list.current?.scrollToIndex(to, { align: 'nearest' })
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus())
  }

  if (conversations.length === 0) {
    return (
      <div className={styles.none}>
        <p className={styles.noneTitle}>{t(isFiltered ? 'chats.noneUnread' : 'chats.none')}</p>
        {!isFiltered && (
          <>
            <p>{t('chats.noneText')}</p>
            <Button size="small" onClick={() => useUi.setState({ view: 'people' })}>
              {t('chats.noneAction')}
            </Button>
          </>
        )}
      </div>
    )
  }
  return (
    <div
      ref={scroller}
      className={styles.rows}
      role="listbox"
      aria-label={t('chats.list')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <Virtualizer ref={list} scrollRef={scroller} data={conversations} itemSize={ROW_HEIGHT} keepMounted={[tabStop]}>
        {(conversation, index) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            index={index}
            isSelected={conversation.id === selectedId}
            isTabStop={index === tabStop}
            now={now}
          />
        )}
      </Virtualizer>
    </div>
  )
}
