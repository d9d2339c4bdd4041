import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** A second at 60 a second: only a list that is torn down meanwhile takes longer to show a row. */
const MAX_FRAMES = 60

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
  readonly body: RefObject<HTMLDivElement | null>
  /** The one row that Tab reaches; it must be mounted also where it is out of view. */
  readonly tabStop: number
  setActive(index: number): void
  onKeyDown(event: KeyboardEvent): void
}

/** One Tab stop with the arrow keys inside, for rows marked with `data-row`, of which only those in view exist. */
export const useRowKeys = ({ count, onOpen, onMenu }: RowKeysInit): RowKeys => {
  const [active, setActive] = useState(0)
  const hasMoved = useRef(false)
  const body = useRef<HTMLDivElement>(null)
  const tabStop = Math.max(0, Math.min(active, count - 1))

  useEffect(() => {
    if (!hasMoved.current) return
    hasMoved.current = false
    let frame = 0
    // A row from far away is there at once, and takes the focus when the list has measured and shown it. The focus
    // brings it into view, clear of a heading that stays.
    const focus = (framesLeft: number) => {
      const row = body.current?.querySelector<HTMLElement>(`[data-row="${tabStop}"]`)
      row?.focus()
      if (document.activeElement !== row && framesLeft > 0) frame = requestAnimationFrame(() => focus(framesLeft - 1))
    }
    focus(MAX_FRAMES)
    return () => cancelAnimationFrame(frame)
  }, [tabStop])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
    // The row with the focus, whichever way it came there, and never the one beside it that the arrow keys were on.
    const at = Number(event.target.dataset.row)
    if (event.key === 'Enter') {
      event.preventDefault()
      return onOpen(at, event.target)
    }
    if (onMenu !== undefined && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault()
      return onMenu(at)
    }
    const to = target(event.key, at, count)
    if (to < 0) return
    event.preventDefault()
    if (to === tabStop) body.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus()
    else hasMoved.current = true
    setActive(to)
  }
  return { body, tabStop, setActive, onKeyDown }
}
