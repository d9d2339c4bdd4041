import { useCallback, useEffect, useState } from 'react'
import type { EngineClient } from '../../shared/contract/engine.ts'
import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import { useSession } from '../session-context.tsx'
import { useConsoleRevision } from './useConsole.ts'

export interface Page<Row, Place, Rest> {
  readonly rows: readonly Row[]
  /** Where the next page begins; null after the last one. */
  readonly next: Place | null
  /** What the newest answer says beside its rows. */
  readonly rest: Rest
}

/** Reads the page that begins at a place; null: the first one. Kept the same between renderings. */
export type ReadPage<Row, Place, Rest> = (
  engine: EngineClient['call'],
  place: Place | null,
) => Promise<Page<Row, Place, Rest>>

export interface Pages<Row, Rest> {
  /** Undefined until read. */
  readonly rows: readonly Row[] | undefined
  readonly rest: Rest | undefined
  readonly hasMore: boolean
  readonly isBusy: boolean
  readonly error: ErrorCode | null
  more(): void
}

interface Read<Row, Place, Rest> {
  readonly by: ReadPage<Row, Place, Rest>
  readonly page: Page<Row, Place, Rest> | undefined
  readonly error: ErrorCode | null
}

/** Rows that come in pages; all pages that are on screen are read anew when the answer may be another one. */
export const usePages = <Row, Place, Rest>(read: ReadPage<Row, Place, Rest>): Pages<Row, Rest> => {
  const { engine } = useSession()
  const revision = useConsoleRevision()
  const [wanted, setWanted] = useState(1)
  const [held, setHeld] = useState<Read<Row, Place, Rest>>({ by: read, page: undefined, error: null })
  const [isBusy, setBusy] = useState(true)

  const readAll = useCallback(async () => {
    let page = await read(engine, null)
    const rows = [...page.rows]
    for (let count = 1; count < wanted && page.next !== null; count++) {
      page = await read(engine, page.next)
      rows.push(...page.rows)
    }
    return { ...page, rows }
  }, [engine, read, wanted])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is a reason to ask again
  useEffect(() => {
    let isCurrent = true
    setBusy(true)
    readAll()
      .then(
        page => isCurrent && setHeld({ by: read, page, error: null }),
        (cause: unknown) => {
          const error = isLanyardError(cause) ? cause.code : 'internal'
          if (isCurrent) setHeld(old => ({ by: read, page: old.by === read ? old.page : undefined, error }))
        },
      )
      .finally(() => isCurrent && setBusy(false))
    return () => {
      isCurrent = false
    }
  }, [readAll, read, revision])

  const isOwn = held.by === read
  return {
    rows: isOwn ? held.page?.rows : undefined,
    rest: isOwn ? held.page?.rest : undefined,
    hasMore: isOwn && held.page !== undefined && held.page.next !== null,
    isBusy,
    error: isOwn ? held.error : null,
    more: () => setWanted(count => count + 1),
  }
}
