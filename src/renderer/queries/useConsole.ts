import { useEffect, useState } from 'react'
import type { EngineCall, EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import { useSession, useSessionState } from '../session-context.tsx'

/** Changes whenever an answer of the console's calls would; also after the connection was lost. */
export const useConsoleRevision = (): string =>
  useSessionState(({ status, connection }) => `${connection}/${status?.organisation?.administration.revision ?? 0}`)

export interface ConsoleAnswer<K extends EngineCall> {
  /** The newest answer to this very input; undefined until there is one. */
  readonly data: EngineOutput<K> | undefined
  /** Why the last try failed. */
  readonly error: ErrorCode | null
}

interface Held<K extends EngineCall> extends ConsoleAnswer<K> {
  readonly of: string
}

/**
 * Asks the engine, and asks again whenever the answer may be another one. `input` is plain data. The older answer stays
 * until the newer one is here.
 */
export const useConsole = <K extends EngineCall>(name: K, input: EngineInput<K>): ConsoleAnswer<K> => {
  const { engine } = useSession()
  const revision = useConsoleRevision()
  const asked = JSON.stringify(input)
  const [held, setHeld] = useState<Held<K>>({ of: asked, data: undefined, error: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is a reason to ask again
  useEffect(() => {
    let isCurrent = true
    engine(name, JSON.parse(asked) as EngineInput<K>).then(
      data => isCurrent && setHeld({ of: asked, data, error: null }),
      (cause: unknown) => {
        const error = isLanyardError(cause) ? cause.code : 'internal'
        if (isCurrent) setHeld(old => ({ of: asked, data: old.of === asked ? old.data : undefined, error }))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [engine, name, asked, revision])
  return held.of === asked ? held : { data: undefined, error: null }
}
