import { TriangleAlert } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'size' | 'onChange'> {
  label: string
  /** Small words after the label, e.g. that it may stay empty. */
  note?: string
  hint?: ReactNode
  /** What is wrong with the value; shown in place of the hint. */
  error?: string | null
  /** Controls inside the field's right edge. */
  trailing?: ReactNode
  onValue(value: string): void
  ref?: Ref<HTMLInputElement>
}

export const Field = ({ label, note, hint, error, trailing, onValue, ...input }: FieldProps) => {
  const id = useId()
  const hasError = error !== undefined && error !== null && error !== ''
  const noteId = hasError || hint !== undefined ? `${id}-note` : undefined
  return (
    <div className={styles.whole}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {note !== undefined && <span className={styles.note}> {note}</span>}
      </label>
      <div className={`${styles.field} ${hasError ? styles.wrong : ''}`}>
        <input
          {...input}
          id={id}
          className={styles.input}
          aria-describedby={noteId}
          aria-invalid={hasError || undefined}
          onChange={event => onValue(event.target.value)}
        />
        {trailing}
      </div>
      {hasError ? (
        <p className={styles.error} id={noteId}>
          <Icon icon={TriangleAlert} size={14} />
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <div className={styles.hint} id={noteId}>
            {hint}
          </div>
        )
      )}
    </div>
  )
}
