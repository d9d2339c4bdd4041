import { TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'

export interface TextAreaProps {
  label: string
  hint: string
  /** What is wrong with the value; shown in place of the hint. */
  error: string | null
  value: string
  rows: number
  onValue(value: string): void
}

/** Several lines of plain text. */
export const TextArea = ({ label, hint, error, value, rows, onValue }: TextAreaProps) => {
  const id = useId()
  return (
    <div className={styles.whole}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={`${styles.field} ${styles.tall} ${error === null ? '' : styles.wrong}`}>
        <textarea
          id={id}
          className={`${styles.input} ${styles.lines}`}
          rows={rows}
          value={value}
          spellCheck={false}
          aria-describedby={`${id}-note`}
          aria-invalid={error !== null || undefined}
          onChange={event => onValue(event.target.value)}
        />
      </div>
      <p className={error === null ? styles.hint : styles.error} id={`${id}-note`}>
        {error !== null && <Icon icon={TriangleAlert} size={14} />}
        {error ?? hint}
      </p>
    </div>
  )
}
