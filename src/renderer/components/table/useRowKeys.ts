import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'

const target = (key: string, from: number, count: number): number => {
  if (key === 'ArrowDown') return Math.min(from + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(from - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : -1
}

export interface RowKeysInit {
  count: number
  /** Enter on a row. */
  onOpen(index: number, row: HTMLElement): void
  /** The Menu key, or Shift+F10, on a row. */
  onMenu?(index: number): void
}

export interface RowKeys {
  readonly list: RefObject<VirtualizerHandle | null>
  readonly body: RefObject<HTMLDivElement | null>
  /** The one row that Tab reaches. */
  readonly tabStop: number
  setActive(index: number): void
  onKeyDown(event: KeyboardEvent): void
}

/** One Tab stop with the arrow keys inside, for rows marked with `data-row`, of which only those in view exist. */
export const useRowKeys = ({ count, onOpen, onMenu }: RowKeysInit): RowKeys => {
  const [active, setActive] = useState(0)
  const list = useRef<VirtualizerHandle>(null)
  const body = useRef<HTMLDivElement>(null)
  const tabStop = Math.max(0, Math.min(active, count - 1))

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return onOpen(tabStop, event.target)
    }
    if (onMenu !== undefined && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault()
      return onMenu(tabStop)
    }
    const to = target(event.key, tabStop, count)
    if (to < 0) return
    event.preventDefault()
    setActive(to)
    list.current?.scrollToIndex(to, { align: 'nearest' })
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus())
  }
  return { list, body, tabStop, setActive, onKeyDown }
}
