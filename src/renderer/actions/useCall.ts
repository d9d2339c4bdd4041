import { useCallback, useState } from 'react'
import type { EngineCall, EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import { useSession } from '../session-context.tsx'

export interface Call<K extends EngineCall> {
  /** Resolves with the answer, or with undefined when it failed; then `error` says why. */
  run(input: EngineInput<K>): Promise<EngineOutput<K> | undefined>
  /** While any call made here has no answer yet. */
  readonly isBusy: boolean
  readonly error: ErrorCode | null
  clearError(): void
}

/** One call of the engine made from a screen, with what a screen shows about it. */
export const useCall = <K extends EngineCall>(name: K): Call<K> => {
  const { engine } = useSession()
  const [running, setRunning] = useState(0)
  const [error, setError] = useState<ErrorCode | null>(null)
  const run = useCallback(
    async (input: EngineInput<K>) => {
      setRunning(count => count + 1)
      setError(null)
      try {
        return await engine(name, input)
      } catch (cause) {
        setError(isLanyardError(cause) ? cause.code : 'internal')
        return undefined
      } finally {
        setRunning(count => count - 1)
      }
    },
    [engine, name],
  )
  return { run, isBusy: running > 0, error, clearError: useCallback(() => setError(null), []) }
}
