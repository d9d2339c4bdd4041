/** How many at once, for each name: further ones wait for their turn, or are turned away. */
export interface Seats {
  /** The function that frees the seat, to be called once; undefined when all are taken. */
  tryTake(name: string): (() => void) | undefined
  /** Waits for a seat; rejects with the signal's reason. */
  take(name: string, signal: AbortSignal): Promise<() => void>
}

interface Row {
  taken: number
  /** In the order in which they came; each takes over the seat that it is woken with. */
  waiting: Set<() => void>
}

export const createSeats = (seats: number): Seats => {
  const rows = new Map<string, Row>()

  const free = (name: string, row: Row) => {
    const [next] = row.waiting
    if (next !== undefined) {
      row.waiting.delete(next)
      next()
      return
    }
    row.taken -= 1
    if (row.taken === 0) rows.delete(name)
  }
  const tryTake = (name: string) => {
    const row = rows.get(name) ?? { taken: 0, waiting: new Set() }
    if (row.taken >= seats) return undefined
    rows.set(name, row)
    row.taken += 1
    return () => free(name, row)
  }

  return {
    tryTake,
    async take(name, signal) {
      signal.throwIfAborted()
      const leave = tryTake(name)
      if (leave !== undefined) return leave
      const row = rows.get(name) ?? { taken: 0, waiting: new Set() }
      return new Promise((resolve, reject) => {
        const stopWaiting = () => {
          row.waiting.delete(onSeat)
          reject(signal.reason)
        }
        const onSeat = () => {
          signal.removeEventListener('abort', stopWaiting)
          resolve(() => free(name, row))
        }
        row.waiting.add(onSeat)
        signal.addEventListener('abort', stopWaiting)
      })
    },
  }
}
