import type { Fork, HistoryEntry } from '../../../../shared/contract/administration-entities.ts'
import type { EngineInput } from '../../../../shared/contract/engine.ts'
import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { type ReadPage, usePages } from '../../../queries/usePages.ts'
import { Button } from '../../Button.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import styles from './HistoryList.module.css'
import { HistoryVersion } from './HistoryVersion.tsx'

/** Versions read at a time. */
const PAGE = 30

type Place = NonNullable<EngineInput<'history.page'>['before']>

const readVersions: ReadPage<HistoryEntry, Place, { readonly isComplete: boolean }> = async (engine, before) => {
  const { entries, next, isComplete } = await engine('history.page', { before, limit: PAGE })
  return { rows: entries, next, rest: { isComplete } }
}

/** A confirmation that contradicts speaks of a list. */
const isAbout = ({ document, version }: Fork, entry: HistoryEntry): boolean =>
  version === entry.version && (document === 'root') === (entry.kind === 'root')

/** Every version with what it changed, newest first; for administrators and for every member. */
export const HistoryList = () => {
  const now = useNow(MINUTE)
  const { data: contradictions } = useConsole('forks.get', {})
  const { rows, rest, hasMore, isBusy, error, more } = usePages(readVersions)
  if (rows === undefined)
    return error === null ? (
      <p className={styles.end} role="status">
        {t('history.loading')}
      </p>
    ) : (
      <ErrorNote code={error} />
    )
  const forks = contradictions?.forks ?? []
  const lists = rows.filter(({ kind }) => kind === 'list')
  /** What it changed can be told only with the version before it, which is not here yet. */
  const oldestHere = hasMore || rest?.isComplete === true ? undefined : lists.at(-1)
  const end = () => {
    if (rows.length === 0) return t('history.empty')
    return t(rest?.isComplete === true ? 'history.complete' : 'history.incomplete')
  }
  return (
    <>
      <ErrorNote code={error} />
      <ol className={styles.versions} aria-label={t('history.title')}>
        {rows.map(entry => (
          <HistoryVersion
            key={`${entry.kind}/${entry.version}/${entry.at}`}
            entry={entry}
            now={now}
            isUnknown={entry === oldestHere}
            forks={forks.filter(fork => isAbout(fork, entry))}
          />
        ))}
      </ol>
      {hasMore ? (
        <Button isBusy={isBusy} onClick={more}>
          {t('history.more')}
        </Button>
      ) : (
        <p className={styles.end} role="status">
          {end()}
        </p>
      )}
    </>
  )
}
