import { TriangleAlert } from 'lucide-react'
import type { ErrorCode } from '../../shared/errors.ts'
import { errorWords } from '../locales/error-words.ts'
import styles from './ErrorNote.module.css'
import { Icon } from './Icon.tsx'

/** What happened, what is safe, what to do: under the form that caused it. */
export const ErrorNote = ({ code }: { code: ErrorCode | null }) => {
  if (code === null) return null
  const { what, safe, next } = errorWords(code)
  return (
    <div className={styles.note} role="alert">
      <Icon icon={TriangleAlert} size={16} />
      <p>
        <strong>{what}</strong> {safe} {next}
      </p>
    </div>
  )
}
