import { isLanyardError } from '../shared/errors.ts'

export interface WakeParts {
  /** Tells that the machine woke up. */
  onResume(listener: () => void): void
  onBug(error: unknown, call: string): void
}

export interface Wake {
  /** Follows one engine by its `network.refresh`; called again for the next one after a restart. */
  follow(refresh: () => Promise<unknown>): void
}

/**
 * After sleep the network is looked at anew at once. The engine notices sleep by itself too, by its clocks, but not where
 * the system lets both of them stand still.
 */
export const createWake = ({ onResume, onBug }: WakeParts): Wake => {
  let refresh: () => Promise<unknown> = () => Promise.resolve()
  onResume(() => {
    refresh().catch((error: unknown) => {
      // locked, or just ended: the network is started anew with the next opening
      if (!isLanyardError(error) || error.code === 'internal') onBug(error, 'network.refresh')
    })
  })
  return {
    follow(ofNext) {
      refresh = ofNext
    },
  }
}
