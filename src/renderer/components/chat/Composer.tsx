import { SendHorizontal } from 'lucide-react'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Person } from '../../../shared/contract/entities.ts'
import type { ConversationId, PersonId } from '../../../shared/ids.ts'
import { MAX_MESSAGE_BYTES } from '../../../shared/limits.ts'
import { hasTooManyMarks } from '../../../shared/text-rules.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { sendMessage } from '../../actions/send.ts'
import { useDraft } from '../../actions/useDraft.ts'
import { t } from '../../locales/i18n.ts'
import { useCache, useSession } from '../../session-context.tsx'
import { Icon } from '../Icon.tsx'
import styles from './Composer.module.css'

/** Characters over which the length is measured in bytes at each key: cheaper below. */
const MEASURE_FROM = MAX_MESSAGE_BYTES / 4

const bytesOver = (text: string): number =>
  text.length < MEASURE_FROM ? 0 : Math.max(0, new TextEncoder().encode(text).length - MAX_MESSAGE_BYTES)

/** What the engine would refuse, said while it can still be changed. */
const faultOf = (text: string): string | null => {
  const over = bytesOver(text)
  if (over > 0) return t('chat.tooLong', { count: over })
  return hasTooManyMarks(text) ? t('chat.tooManyMarks') : null
}

export interface ComposerProps {
  conversationId: ConversationId
  other: Person
  self: PersonId
  initialText: string
}

/** Grows to 8 lines, then scrolls. Enter sends, Shift+Enter begins a line. What is not sent is kept as a draft. */
export const Composer = ({ conversationId, other, self, initialText }: ComposerProps) => {
  const { engine } = useSession()
  const cache = useCache()
  const [text, setText] = useState(initialText)
  const keepDraft = useDraft(conversationId)
  const area = useRef<HTMLTextAreaElement>(null)
  const fault = faultOf(text)
  const canSend = text.trim() !== '' && fault === null

  useEffect(() => {
    const { current } = area
    current?.focus({ preventScroll: true })
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const { current } = area
    if (current === null) return
    current.style.height = 'auto'
    current.style.height = `${current.scrollHeight}px`
  }, [text])

  const change = (value: string) => {
    setText(value)
    keepDraft(value)
  }
  const send = () => {
    if (!canSend) return
    change('')
    sendMessage(engine, cache, { conversationId, author: self, text: text.trim() }).catch((error: unknown) => {
      change(text)
      reportFailure(error)
    })
    area.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  if (!other.listed) return <p className={styles.removed}>{t('chat.composerRemoved', { name: other.name })}</p>
  return (
    <footer className={styles.composer}>
      <form
        className={styles.box}
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <textarea
          ref={area}
          className={styles.text}
          rows={1}
          value={text}
          data-composer
          aria-label={t('chat.composer', { name: other.name })}
          aria-invalid={fault !== null || undefined}
          placeholder={t('chat.composer', { name: other.name })}
          onChange={event => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={styles.send}
          disabled={!canSend}
          aria-label={t('chat.send')}
          title={t('chat.send')}
        >
          <Icon icon={SendHorizontal} size={18} />
        </button>
      </form>
      {fault !== null && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </footer>
  )
}
