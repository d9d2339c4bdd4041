import styles from './Chips.module.css'

export interface ChipsProps<T extends string> {
  /** Of the whole group. */
  label: string
  value: T
  options: readonly (readonly [NoInfer<T>, string])[]
  onValue(value: NoInfer<T>): void
}

/** Filters of a list, of which one is on. */
export const Chips = <T extends string>({ label, value, options, onValue }: ChipsProps<T>) => (
  // biome-ignore lint/a11y/useSemanticElements: a group of toggles, not a fieldset of a form
  <div className={styles.chips} role="group" aria-label={label}>
    {options.map(([option, words]) => (
      <button
        key={option}
        type="button"
        className={styles.chip}
        aria-pressed={option === value}
        onClick={() => onValue(option)}
      >
        {words}
      </button>
    ))}
  </div>
)
