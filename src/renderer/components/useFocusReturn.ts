import { type RefObject, useEffect, useState } from 'react'

const DIALOG = '[role=dialog], [role=alertdialog]'

/** Where the focus was when a dialog opened, and before that when one dialog took the place of another; nearest first. */
const origins = new WeakMap<Element, readonly Element[]>()

const originsNow = (): readonly Element[] => {
  const active = document.activeElement
  if (active === null) return []
  const around = active.closest(DIALOG)
  return [active, ...((around !== null && origins.get(around)) || [])]
}

/**
 * Gives the focus back when a dialog closes that took the place of another one: what opened it went with that one, so
 * the focus goes to what opened the first. Where something else has the focus by then, it stays there.
 */
export const useFocusReturn = (dialog: RefObject<HTMLElement | null>): void => {
  const [from] = useState(originsNow)
  useEffect(() => {
    if (dialog.current !== null) origins.set(dialog.current, from)
    return () => {
      // Two frames: the dialog's own return of the focus takes one.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (document.activeElement !== document.body) return
          const back = from.find(element => element.isConnected && element !== document.body)
          if (back instanceof HTMLElement) back.focus()
        }),
      )
    }
  }, [dialog, from])
}
