import styles from './WordGrid.module.css'

export interface WordGridProps {
  words: readonly string[]
  label: string
  /** Smaller tiles, more in a row: for the recovery sheet. */
  isDense?: boolean
}

/** Words to be read aloud: real text with position numbers. */
export const WordGrid = ({ words, label, isDense = false }: WordGridProps) => (
  <ol className={`${styles.grid} ${isDense ? styles.dense : ''}`} aria-label={label}>
    {words.map((word, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: places that never move, a word may come twice
      <li key={index}>
        <span className={styles.number}>{index + 1}</span>
        {word}
      </li>
    ))}
  </ol>
)
