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
          // Not an anchor: nothing in the page may navigate. With the keyboard the message's menu opens the address.
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <span
            key={part.at}
            role="link"
            tabIndex={-1}
            className={styles.link}
            title={part.url}
            onClick={() => setOpening(part.url)}
          >
            {part.text}
          </span>
        ),
      )}
      {opening !== null && <LinkDialog url={opening} onClose={() => setOpening(null)} />}
    </>
  )
}
