import { useEffect, useState } from 'react'

/** The time, again every `every` milliseconds while the component is there. */
export const useNow = (every: number): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

/** Milliseconds: fine enough for words such as 'today' and '3 minutes ago'. */
export const MINUTE = 60_000
