import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { ListRow } from '../../text/message-list.ts'

const isMessage = (row: ListRow | undefined): boolean => row?.kind === 'message'

const lastMessage = (rows: readonly ListRow[]): number => rows.findLastIndex(isMessage)

const target = (key: string, rows: readonly ListRow[], from: number): number => {
  switch (key) {
    case 'ArrowUp':
      return rows.findLastIndex((row, index) => index < from && isMessage(row))
    case 'ArrowDown':
      return rows.findIndex((row, index) => index > from && isMessage(row))
    case 'Home':
      return rows.findIndex(isMessage)
    case 'End':
      return lastMessage(rows)
    default:
      return -1
  }
}

/** One Tab stop for all messages: the newest, then whichever the arrow keys have gone to. */
export const useMessageKeys = (rows: readonly ListRow[], list: RefObject<VirtualizerHandle | null>) => {
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const elements = useRef(new Map<string, HTMLElement>())
  const isMoving = useRef(false)
  const found = activeKey === null ? -1 : rows.findIndex(row => row.key === activeKey)
  const activeIndex = found >= 0 ? found : lastMessage(rows)

  useEffect(() => {
    if (!isMoving.current || activeKey === null) return
    isMoving.current = false
    elements.current.get(activeKey)?.focus()
  }, [activeKey])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.closest('article') !== event.target) return
    const to = target(event.key, rows, activeIndex)
    const row = rows[to]
    if (row === undefined) return
    event.preventDefault()
    list.current?.scrollToIndex(to, { align: 'nearest' })
    isMoving.current = true
    setActiveKey(row.key)
  }

  const register = useCallback((key: string, element: HTMLElement | null) => {
    if (element === null) elements.current.delete(key)
    else elements.current.set(key, element)
  }, [])

  return { activeIndex, setActiveKey, onKeyDown, register }
}
