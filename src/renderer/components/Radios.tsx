import { useId } from 'react'
import styles from './Radios.module.css'

export interface RadiosProps<T extends string> {
  label: string
  value: T
  options: readonly (readonly [T, string])[]
  onValue(value: T): void
}

/** One of a few, all of them in sight. */
export const Radios = <T extends string>({ label, value, options, onValue }: RadiosProps<T>) => {
  const name = useId()
  return (
    <fieldset className={styles.whole}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.options}>
        {options.map(([option, words]) => (
          <label key={option} className={styles.option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onValue(option)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
