import { type ReactNode, useId } from 'react'
import radios from '../Radios.module.css'
import styles from './rows.module.css'

export const SettingsSection = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <div className={styles.rows}>{children}</div>
    </section>
  )
}

export interface SettingRowProps {
  label: string
  text: string
  isWarning?: boolean
  children?: ReactNode
}

export const SettingRow = ({ label, text, isWarning = false, children }: SettingRowProps) => (
  <div className={styles.row}>
    <div className={styles.words}>
      <p className={styles.label}>{label}</p>
      <p className={isWarning ? styles.warning : styles.text}>{text}</p>
    </div>
    {children}
  </div>
)

export interface ChoiceRowProps<T extends string> {
  label: string
  value: T
  options: readonly (readonly [T, string])[]
  onValue(value: T): void
}

export const ChoiceRow = <T extends string>({ label, value, options, onValue }: ChoiceRowProps<T>) => {
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      <div className={`${radios.options} ${styles.options}`}>
        {options.map(([option, words]) => (
          <label key={option} className={radios.option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onValue(option)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export interface SwitchRowProps {
  label: string
  text: string
  isOn: boolean
  onChange(isOn: boolean): void
}

export const SwitchRow = ({ label, text, isOn, onChange }: SwitchRowProps) => {
  const id = useId()
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        <p className={styles.text} id={`${id}-text`}>
          {text}
        </p>
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        className={styles.switch}
        checked={isOn}
        aria-describedby={`${id}-text`}
        onChange={event => onChange(event.target.checked)}
      />
    </div>
  )
}
