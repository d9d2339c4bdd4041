import { useCallback, useState } from 'react'
import type { EngineCall, EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import { useSession } from '../session-context.tsx'

export interface Call<K extends EngineCall> {
  /** Resolves with the answer, or with undefined when it failed; then `error` says why. */
  run(input: EngineInput<K>): Promise<EngineOutput<K> | undefined>
  readonly isBusy: boolean
  readonly error: ErrorCode | null
  clearError(): void
}

/** One call of the engine made from a screen, with what a screen shows about it. */
export const useCall = <K extends EngineCall>(name: K): Call<K> => {
  const { engine } = useSession()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorCode | null>(null)
  const run = useCallback(
    async (input: EngineInput<K>) => {
      setBusy(true)
      setError(null)
      try {
        return await engine(name, input)
      } catch (cause) {
        setError(isLanyardError(cause) ? cause.code : 'internal')
        return undefined
      } finally {
        setBusy(false)
      }
    },
    [engine, name],
  )
  return { run, isBusy, error, clearError: useCallback(() => setError(null), []) }
}
