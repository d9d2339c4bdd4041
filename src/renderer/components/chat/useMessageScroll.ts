import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { ListRow } from '../../text/message-list.ts'

/** Pixels from the end within which a person counts as reading the newest message. */
const NEAR_END = 48
/** Milliseconds after a change of the window's size within which all bubbles have been measured anew. */
const SETTLED_AFTER = 300
/** Pixels from an end of the window at which the next page is fetched: two screens. */
const NEAR_EDGE = 1_600

export interface MessageScrollInit {
  readonly list: RefObject<VirtualizerHandle | null>
  readonly scroller: RefObject<HTMLElement | null>
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
export const useMessageScroll = ({
  list,
  scroller,
  rows,
  reachesNewest,
  extendBack,
  extendForward,
}: MessageScrollInit) => {
  const [isAtEnd, setAtEnd] = useState(true)
  const wasAtEnd = useRef(true)
  const lastOffset = useRef(0)
  const settledAt = useRef(0)
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
    const hasMovedUp = scrollOffset < lastOffset.current
    lastOffset.current = scrollOffset
    // Only a person leaves the end; a narrower or lower window has pushed it away.
    if (
      wasAtEnd.current &&
      reachesNewest &&
      below >= NEAR_END &&
      (!hasMovedUp || performance.now() < settledAt.current)
    )
      return toEnd()
    wasAtEnd.current = reachesNewest && below < NEAR_END
    setAtEnd(wasAtEnd.current)
    if (scrollOffset < NEAR_EDGE) extendBack()
    if (below < NEAR_EDGE && !reachesNewest) extendForward()
  }, [list, reachesNewest, toEnd, extendBack, extendForward])

  /** What is at the end stays there when bubbles above change their height, e.g. when the window does. */
  const followSize = useCallback(() => {
    if (wasAtEnd.current && reachesNewest) toEnd()
  }, [reachesNewest, toEnd])

  // A page that came may not be enough, and at the end of it nothing scrolls any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with new rows
  useEffect(measure, [rows, measure])

  const latestMeasure = useRef(measure)
  useEffect(() => {
    latestMeasure.current = measure
  })
  useEffect(() => {
    const { current } = scroller
    if (current === null) return
    const observer = new ResizeObserver(() => {
      settledAt.current = performance.now() + SETTLED_AFTER
      latestMeasure.current()
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [scroller])

  return { isAtEnd, measure, followSize }
}
