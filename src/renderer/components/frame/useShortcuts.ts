import { useEffect, useRef } from 'react'
import type { Conversation } from '../../../shared/contract/entities.ts'
import { useLock } from '../../actions/useLock.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { showConversation, showView, useUi, type View } from '../../ui-state.ts'
import { hasCommand } from '../platform.ts'

const step = (conversations: readonly Conversation[], by: 1 | -1, isUnreadOnly: boolean): void => {
  const at = conversations.findIndex(({ id }) => id === useUi.getState().conversationId)
  const rest = by === 1 ? conversations.slice(at + 1) : conversations.slice(0, Math.max(at, 0)).reverse()
  const next = rest.find(({ unread }) => !isUnreadOnly || unread > 0)
  if (next !== undefined) showConversation(next.id)
}

const stepPane = (by: 1 | -1): void => {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(pane => pane.offsetParent !== null)
  const at = panes.findIndex(pane => pane.contains(document.activeElement))
  const pane = panes.at((at + by + panes.length) % panes.length)
  const stop = pane?.querySelector<HTMLElement>('[data-composer], [tabindex="0"], [aria-current], input, button')
  ;(stop ?? pane)?.focus()
}

const focusComposer = (): void => document.querySelector<HTMLElement>('[data-composer]')?.focus()

const isAnythingOpen = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null

/** Something that a letter, a digit or a sign would be typed with; AltGr counts as Ctrl and Alt on Windows. */
const isLetter = (event: KeyboardEvent): boolean => {
  const { key, ctrlKey, altKey, metaKey, isComposing } = event
  const isCommand = (ctrlKey || altKey || metaKey) && !event.getModifierState('AltGraph')
  return [...key].length === 1 && key !== ' ' && !isCommand && !isComposing
}

const isTakenElsewhere = (target: EventTarget | null): boolean =>
  isAnythingOpen() || (target instanceof Element && target.closest('input, textarea, select') !== null)

/** Keys that work everywhere in the frame; `HelpDialog.tsx` shows them on Ctrl+/. */
export const useShortcuts = (): void => {
  const { conversations } = useDirectory()
  const { isAdmin } = useOrganisation()
  const lock = useLock()
  const latest = useRef({ conversations, isAdmin, lock })
  useEffect(() => {
    latest.current = { conversations, isAdmin, lock }
  })

  useEffect(() => {
    const onCommand = (event: KeyboardEvent): boolean => {
      const views: View[] = latest.current.isAdmin
        ? ['chats', 'people', 'admin', 'settings']
        : ['chats', 'people', 'settings']
      const view = views[Number(event.key) - 1]
      const key = event.key.toLowerCase()
      if (event.shiftKey && key === 'l' && latest.current.lock !== null) void latest.current.lock()
      else if (event.shiftKey && key !== '/') return false
      else if (view !== undefined) showView(view)
      else if (key === 'k' || key === 'n') useUi.setState({ isSwitcherOpen: true })
      else if (key === '/') useUi.setState({ isHelpOpen: true })
      else if (key === 'f') {
        const search = document.querySelector<HTMLElement>('[data-search]')
        if (search === null) useUi.setState({ isSwitcherOpen: true })
        else search.focus()
      } else return false
      return true
    }
    const onKey = (event: KeyboardEvent): boolean => {
      if (hasCommand(event) && !event.altKey) return onCommand(event)
      if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        step(latest.current.conversations, event.key === 'ArrowDown' ? 1 : -1, event.shiftKey)
        return true
      }
      if (event.key === 'F6') {
        stepPane(event.shiftKey ? -1 : 1)
        return true
      }
      if (event.key === 'Escape' && !isAnythingOpen()) {
        focusComposer()
        return true
      }
      // The key goes on its way, and finds the composer focused.
      if (isLetter(event) && !isTakenElsewhere(event.target)) focusComposer()
      return false
    }
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && onKey(event)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
