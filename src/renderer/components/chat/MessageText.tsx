import { useState } from 'react'
import { textParts } from '../../text/links.ts'
import { LinkDialog } from './LinkDialog.tsx'
import styles from './MessageText.module.css'

/** A message's text: plain, with addresses that open outside after a question. Nothing of it ever becomes HTML. */
export const MessageText = ({ text }: { text: string }) => {
  const [opening, setOpening] = useState<string | null>(null)
  return (
    <>
      {textParts(text).map(part =>
        part.url === null ? (
          part.text
        ) : (
          // Not an anchor: nothing in the page may navigate, not even with the middle button.
          // biome-ignore lint/a11y/useSemanticElements: see above
          <button
            key={part.at}
            type="button"
            role="link"
            tabIndex={-1}
            className={styles.link}
            title={part.url}
            onClick={() => setOpening(part.url)}
          >
            {part.text}
          </button>
        ),
      )}
      {opening !== null && <LinkDialog url={opening} onClose={() => setOpening(null)} />}
    </>
  )
}
