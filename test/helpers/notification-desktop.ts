import type { Shown } from '../../src/main/notification-words.ts'
import type { OneNotification } from '../../src/main/notifications.ts'

/** A desktop whose notifications can be counted and clicked. */
export const createDesktop = () => {
  const all: Array<{ words: Shown; isOpen: boolean; click(): void; putAway(): void }> = []
  const create = (words: Shown): OneNotification => {
    const listeners: Record<string, Array<() => void>> = { click: [], close: [] }
    const tell = (type: 'click' | 'close') => {
      for (const told of listeners[type] ?? []) told()
    }
    const close = () => {
      if (!entry.isOpen) return
      entry.isOpen = false
      tell('close')
    }
    const entry = { words, isOpen: false, click: () => tell('click'), putAway: close }
    all.push(entry)
    return {
      show() {
        entry.isOpen = true
      },
      close,
      on: (type, listener) => listeners[type]?.push(listener),
    }
  }
  return { all, create, open: () => all.filter(({ isOpen }) => isOpen).map(({ words }) => words) }
}
