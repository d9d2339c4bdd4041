import Dexie from 'dexie'
import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message } from '../../shared/contract/entities.ts'
import type { ConversationId, MessageOrder } from '../../shared/ids.ts'
import { MESSAGE_PAGE } from '../../shared/limits.ts'
import { useCache, useSession } from '../session-context.tsx'
import { readNewest, readOlder } from '../sync/read-messages.ts'

/** Messages in the window going back: beyond this the newest are let go while older ones come. */
const MAX_WINDOW = 600
/** And going forward, where letting go moves what is on screen: rarely. A live query over so many takes 50 ms. */
const MAX_WINDOW_FORWARD = 3 * MAX_WINDOW
/** Messages added at an end at a time. */
const STEP = 2 * MESSAGE_PAGE

interface Bounds {
  readonly conversationId: ConversationId
  /** Null: from the very first one on. */
  readonly from: MessageOrder | null
  /** Null: to the newest. */
  readonly to: MessageOrder | null
  /** The direction in which it slid last; the other end is let go. */
  readonly isGoingBack: boolean
}

/** What the live query has read, with the bounds that it has read by. */
interface Answer extends Pick<Bounds, 'from' | 'to'> {
  readonly of: ConversationId
  readonly list: Message[]
}

export interface MessageWindow {
  /** Oldest first. Undefined until read for the first time. */
  readonly messages: readonly Message[] | undefined
  /** Whether the first of them is the very first of the conversation. */
  readonly reachesStart: boolean
  readonly reachesNewest: boolean
  extendBack(): void
  extendForward(): void
  toNewest(): void
}

/** A bounded part of a conversation, live, that slides as the person scrolls; older pages are read through the engine. */
export const useMessageWindow = (conversationId: ConversationId): MessageWindow => {
  const cache = useCache()
  const { engine } = useSession()
  const [bounds, setBounds] = useState<Bounds | null>(null)
  const isExtending = useRef(false)
  const current = bounds?.conversationId === conversationId ? bounds : null

  const rows = useCallback(
    (from: MessageOrder | null, to: MessageOrder | null, isFromInside = true) =>
      cache.messages
        .where('[conversationId+order]')
        .between([conversationId, from ?? Dexie.minKey], [conversationId, to ?? Dexie.maxKey], isFromInside, true),
    [cache, conversationId],
  )

  const openNewest = useCallback(async () => {
    await readNewest(engine, cache, conversationId)
    const newest = await rows(null, null).reverse().limit(STEP).toArray()
    const range = await cache.ranges.get(conversationId)
    const isWhole = newest.length < STEP && range?.isComplete === true
    const from = isWhole ? null : (newest.at(-1)?.order ?? null)
    setBounds({ conversationId, from, to: null, isGoingBack: false })
  }, [engine, cache, conversationId, rows])

  useEffect(() => {
    // A failure leaves what the cache has; the engine's next status brings the page again.
    openNewest().catch(() => setBounds({ conversationId, from: null, to: null, isGoingBack: false }))
  }, [openNewest, conversationId])

  const from = current?.from ?? null
  const to = current?.to ?? null
  const isOpen = current !== null
  const messages = useLiveQuery(
    (): Promise<Answer> | undefined =>
      isOpen
        ? rows(from, to)
            .toArray()
            .then(list => ({ of: conversationId, from, to, list }))
        : undefined,
    [rows, isOpen, from, to, conversationId],
  )
  const list = messages?.of === conversationId ? messages.list : undefined
  // One end at a time, each change on screen before the next: the list keeps its place by the end that stays.
  const isShown = messages?.of === conversationId && messages.from === from && messages.to === to
  const isTooLong = current !== null && (list?.length ?? 0) > (current.isGoingBack ? MAX_WINDOW : MAX_WINDOW_FORWARD)
  const canExtend = isShown && !isTooLong

  const once = useCallback((work: () => Promise<void>) => {
    if (isExtending.current) return
    isExtending.current = true
    // A page that cannot be read now is asked for again by the next scroll.
    work()
      .catch(() => undefined)
      .finally(() => {
        isExtending.current = false
      })
  }, [])

  const extendBack = () =>
    canExtend &&
    once(async () => {
      const first = list?.[0]
      if (current === null || current.from === null || first === undefined) return
      const { from: earlier } = await readOlder(engine, cache, conversationId, first.order, STEP)
      setBounds({ ...current, from: earlier, isGoingBack: true })
    })

  const extendForward = () =>
    canExtend &&
    once(async () => {
      if (current === null || current.to === null) return
      const next = await rows(current.to, null, false).limit(STEP).toArray()
      const newTo = next.length < STEP ? null : (next.at(-1)?.order ?? null)
      setBounds({ ...current, to: newTo, isGoingBack: false })
    })

  // Letting go is a step of its own, after the growth is on screen: the list then knows which end has changed.
  useEffect(() => {
    if (current === null || list === undefined || !isShown || !isTooLong || isExtending.current) return
    const kept = current.isGoingBack ? list[MAX_WINDOW - 1] : list.at(-MAX_WINDOW)
    if (kept === undefined) return
    setBounds(current.isGoingBack ? { ...current, to: kept.order } : { ...current, from: kept.order })
  }, [current, list, isShown, isTooLong])

  return {
    messages: list,
    reachesStart: current !== null && from === null,
    reachesNewest: to === null,
    extendBack,
    extendForward,
    toNewest: () => once(openNewest),
  }
}
