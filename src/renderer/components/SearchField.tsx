import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { t } from '../locales/i18n.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { isMac } from './platform.ts'
import styles from './SearchField.module.css'

export interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  onValue(value: string): void
}

/** Ctrl+F goes here. Esc empties it. */
export const SearchField = ({ label, placeholder, value, onValue }: SearchFieldProps) => {
  const input = useRef<HTMLInputElement>(null)
  const clear = () => {
    onValue('')
    input.current?.focus()
  }
  return (
    <search className={styles.search}>
      <Icon icon={Search} size={16} />
      <input
        ref={input}
        type="text"
        data-search
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={event => onValue(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          event.stopPropagation() // a dialog around it would close
          clear()
        }}
      />
      {value === '' ? (
        <kbd aria-hidden>{isMac ? '⌘ F' : 'Ctrl F'}</kbd>
      ) : (
        <IconButton icon={X} size="small" label={t('action.clear')} onClick={clear} />
      )}
    </search>
  )
}
