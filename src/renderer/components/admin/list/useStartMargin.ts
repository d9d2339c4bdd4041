import { type RefObject, useLayoutEffect, useState } from 'react'

/** Pixels from the top of what scrolls to the top of `element`, also when something above it grows. */
export const useStartMargin = (
  scroller: RefObject<HTMLElement | null>,
  element: RefObject<HTMLElement | null>,
): number => {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, element.current]
    if (outer === null || inner === null) return
    const measure = () =>
      setMargin(Math.round(inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop))
    const observer = new ResizeObserver(measure)
    for (let node: Element | null = inner; node !== null && node !== outer; node = node.parentElement) {
      for (let above = node.previousElementSibling; above !== null; above = above.previousElementSibling) {
        observer.observe(above)
      }
    }
    return () => observer.disconnect()
  }, [scroller, element])
  return margin
}
