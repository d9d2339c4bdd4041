import { Check } from 'lucide-react'
import { useId } from 'react'
import styles from './Checkbox.module.css'
import { Icon } from './Icon.tsx'

export interface CheckboxProps {
  label: string
  /** For screen readers only, where the row around it says the same. */
  isLabelHidden?: boolean
  isOn: boolean
  disabled?: boolean
  onChange(isOn: boolean): void
}

export const Checkbox = ({ label, isLabelHidden = false, isOn, disabled = false, onChange }: CheckboxProps) => {
  const id = useId()
  return (
    <label className={styles.whole} htmlFor={id}>
      <span className={styles.box}>
        <input
          id={id}
          type="checkbox"
          checked={isOn}
          disabled={disabled}
          aria-label={isLabelHidden ? label : undefined}
          onChange={event => onChange(event.target.checked)}
        />
        <Icon icon={Check} size={14} />
      </span>
      {!isLabelHidden && label}
    </label>
  )
}
