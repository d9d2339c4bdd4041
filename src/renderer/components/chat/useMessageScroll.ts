import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { ListRow } from '../../text/message-list.ts'

/** Pixels from the end within which a person counts as reading the newest message. */
const NEAR_END = 48
/** Pixels from an end of the window at which the next page is fetched: two screens. */
const NEAR_EDGE = 1_600

export interface MessageScrollInit {
  readonly list: RefObject<VirtualizerHandle | null>
  readonly rows: readonly ListRow[]
  readonly reachesNewest: boolean
  extendBack(): void
  extendForward(): void
}

const newest = (rows: readonly ListRow[]) => {
  const row = rows.at(-1)
  return row?.kind === 'message' ? row : undefined
}

/** Keeps the view where it belongs: at the first unread message on opening, then at the end for who is at the end. */
export const useMessageScroll = ({ list, rows, reachesNewest, extendBack, extendForward }: MessageScrollInit) => {
  const [isAtEnd, setAtEnd] = useState(true)
  const wasAtEnd = useRef(true)
  const lastKey = useRef<string | undefined>(undefined)
  const isPlaced = useRef(false)

  const toEnd = useCallback(() => {
    const { current } = list
    if (current !== null && rows.length > 0) current.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [list, rows])

  useLayoutEffect(() => {
    if (rows.length === 0) return
    const last = newest(rows)
    const isNew = last?.key !== lastKey.current
    lastKey.current = last?.key
    if (!isPlaced.current) {
      isPlaced.current = true
      const unreadAt = rows.findIndex(row => (row.kind === 'day' || row.kind === 'unread') && row.unread > 0)
      if (unreadAt > 0) list.current?.scrollToIndex(unreadAt, { align: 'start' })
      else toEnd()
      return
    }
    if (reachesNewest && (wasAtEnd.current || (isNew && last?.isOwn === true))) toEnd()
  }, [rows, reachesNewest, toEnd, list])

  const measure = useCallback(() => {
    const { current } = list
    if (current === null || !isPlaced.current) return
    const { scrollOffset, scrollSize, viewportSize } = current
    const below = scrollSize - scrollOffset - viewportSize
    wasAtEnd.current = reachesNewest && below < NEAR_END
    setAtEnd(wasAtEnd.current)
    if (scrollOffset < NEAR_EDGE) extendBack()
    if (below < NEAR_EDGE && !reachesNewest) extendForward()
  }, [list, reachesNewest, extendBack, extendForward])

  /** What is at the end stays there when bubbles above change their height, e.g. when the window does. */
  const followSize = useCallback(() => {
    if (wasAtEnd.current && reachesNewest) toEnd()
  }, [reachesNewest, toEnd])

  return { isAtEnd, measure, followSize }
}
