import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { Button, Label, Tag, TagGroup, TagList } from 'react-aria-components'
import { t } from '../locales/i18n.ts'
import field from './Field.module.css'
import { Icon } from './Icon.tsx'
import styles from './TokenField.module.css'

export interface TokenFieldProps {
  label: string
  note?: string
  hint: string
  /** What is wrong with the tokens; in place of the hint. */
  error: string | null
  tokens: readonly string[]
  maxLength: number
  /** What is typed and not a token yet; the form takes it up as well. */
  draft: string
  onDraft(draft: string): void
  onTokens(tokens: readonly string[]): void
}

/** A few short words. Enter or a comma ends one, Backspace in the empty field takes the last away. */
export const TokenField = (props: TokenFieldProps) => {
  const { label, note, hint, error, tokens, maxLength, draft, onDraft, onTokens } = props
  const id = useId()
  const [said, setSaid] = useState('')
  const take = () => {
    const token = draft.trim()
    if (token === '') return
    onDraft('')
    if (!tokens.includes(token)) onTokens([...tokens, token])
  }
  const remove = (gone: ReadonlySet<unknown>) => {
    onTokens(tokens.filter(token => !gone.has(token)))
    setSaid(t('token.removed', { names: [...gone].join(', ') }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' && draft.trim() !== '') || event.key === ',') {
      event.preventDefault()
      take()
    }
    if (event.key === 'Backspace' && draft === '' && tokens.length > 0) remove(new Set(tokens.slice(-1)))
  }
  return (
    <div className={field.whole}>
      <TagGroup onRemove={remove}>
        <Label className={field.label ?? ''}>
          {label}
          {note !== undefined && <span className={field.note}> {note}</span>}
        </Label>
        <div className={`${styles.box} ${error === null ? '' : field.wrong}`}>
          {tokens.length > 0 && (
            <TagList className={styles.tokens ?? ''}>
              {tokens.map(token => (
                <Tag key={token} id={token} textValue={token} className={styles.token ?? ''}>
                  {token}
                  <Button slot="remove" className={styles.remove ?? ''} aria-label={t('token.remove', { name: token })}>
                    <Icon icon={X} size={12} />
                  </Button>
                </Tag>
              ))}
            </TagList>
          )}
          <input
            className={styles.input}
            aria-label={label}
            aria-describedby={id}
            aria-invalid={error !== null || undefined}
            value={draft}
            maxLength={maxLength}
            autoComplete="off"
            onChange={event => onDraft(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={take}
          />
        </div>
      </TagGroup>
      <p className={error === null ? field.hint : field.error} id={id}>
        {error ?? hint}
      </p>
      <span className={styles.said} role="status">
        {said}
      </span>
    </div>
  )
}
