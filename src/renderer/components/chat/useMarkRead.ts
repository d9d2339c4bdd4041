import { useEffect, useState } from 'react'
import type { Message } from '../../../shared/contract/entities.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { useSession } from '../../session-context.tsx'

const useWindowFocus = (): boolean => {
  const [hasFocus, setFocus] = useState(() => document.hasFocus())
  useEffect(() => {
    const look = () => setFocus(document.hasFocus())
    window.addEventListener('focus', look)
    window.addEventListener('blur', look)
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('blur', look)
    }
  }, [])
  return hasFocus
}

/** Marks a conversation as read while it is open, its end is on screen, and the window has the focus. */
export const useMarkRead = (
  messages: readonly Message[],
  self: PersonId,
  unreadNow: number,
  isAtEnd: boolean,
): void => {
  const { engine } = useSession()
  const hasFocus = useWindowFocus()
  const newest = messages.findLast(({ author }) => author !== self)
  const isDue = unreadNow > 0 && isAtEnd && hasFocus
  const id = newest?.conversationId
  const upTo = newest?.order
  useEffect(() => {
    if (!isDue || id === undefined || upTo === undefined) return
    // A mark that fails is set again with the next message or the next opening.
    engine('conversation.markRead', { id, upTo }).catch(() => undefined)
  }, [engine, isDue, id, upTo])
}
