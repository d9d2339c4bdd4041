import styles from './WordChips.module.css'

/** Words to be compared, in one line; large ones to be read aloud are a `WordGrid`. */
export const WordChips = ({ words, label }: { words: readonly string[]; label: string }) => (
  <ol className={styles.words} aria-label={label}>
    {words.map((word, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: places that never move, a word may come twice
      <li key={index}>{word}</li>
    ))}
  </ol>
)
