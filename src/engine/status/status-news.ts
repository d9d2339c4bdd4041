import type { Status } from '../../shared/contract/entities.ts'

export interface StatusNewsInit {
  read(): Promise<Status>
  tell(status: Status): void
  onBug(error: unknown): void
}

/**
 * Tells the status once for all the changes of a turn, and only when it is another one. Reading may wait (the keychain
 * is another process); what changes meanwhile is read again afterwards.
 */
export const createStatusNews = ({ read, tell, onBug }: StatusNewsInit) => {
  let last = ''
  let isDue = false
  let isReading = false

  const run = async () => {
    isReading = true
    while (isDue) {
      isDue = false
      const status = await read()
      const text = JSON.stringify(status)
      if (text === last) continue
      last = text
      tell(status)
    }
    isReading = false
  }

  return {
    changed(): void {
      if (isDue) return
      isDue = true
      if (isReading) return
      isReading = true
      setImmediate(() => {
        run().catch(error => {
          isReading = false
          onBug(error)
        })
      })
    },
  }
}
