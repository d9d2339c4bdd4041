import { Search } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useLock } from '../../actions/useLock.ts'
import { useOpenConversation } from '../../actions/useOpenConversation.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { showView, useUi } from '../../ui-state.ts'
import { Icon } from '../Icon.tsx'
import styles from './Switcher.module.css'
import { SwitcherOption } from './SwitcherOption.tsx'
import { findEntries } from './switcher-entries.ts'

const close = () => useUi.setState({ isSwitcherOpen: false })

/** Goes to a person, a chat or a view by a few letters. */
export const Switcher = () => {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const { people, conversations, personById } = useDirectory()
  const { self, isAdmin } = useOrganisation()
  const openConversation = useOpenConversation()
  const lock = useLock()
  const id = useId()
  const entries = useMemo(
    () => findEntries({ query, people, conversations, personById, self, isAdmin, canLock: lock !== null }),
    [query, people, conversations, personById, self, isAdmin, lock],
  )
  const choose = (index: number) => {
    const entry = entries[index]
    if (entry === undefined) return
    close()
    if (entry.kind === 'person') void openConversation(entry.person.id)
    else if (entry.kind === 'view') showView(entry.view)
    else void lock?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { length } = entries
    if (event.key === 'Enter') choose(active)
    else if (event.key === 'ArrowDown' && length > 0) setActive((active + 1) % length)
    else if (event.key === 'ArrowUp' && length > 0) setActive((active + length - 1) % length)
    else return
    event.preventDefault()
  }
  return (
    <ModalOverlay isOpen isDismissable className={styles.scrim ?? ''} onOpenChange={isOpen => !isOpen && close()}>
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label={t('switcher.title')} className={styles.dialog ?? ''}>
          <div className={styles.field}>
            <Icon icon={Search} size={18} />
            <input
              autoFocus
              role="combobox"
              aria-expanded
              aria-autocomplete="list"
              aria-controls={`${id}-list`}
              aria-activedescendant={entries.length > 0 ? `${id}-${active}` : undefined}
              aria-label={t('switcher.placeholder')}
              placeholder={t('switcher.placeholder')}
              value={query}
              onChange={event => {
                setQuery(event.target.value)
                setActive(0)
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div id={`${id}-list`} role="listbox" aria-label={t('switcher.title')} className={styles.list} tabIndex={-1}>
            {entries.map((entry, index) => (
              <SwitcherOption
                key={entry.key}
                id={`${id}-${index}`}
                entry={entry}
                isActive={index === active}
                onChoose={() => choose(index)}
                onPoint={() => setActive(index)}
              />
            ))}
          </div>
          {entries.length === 0 && (
            <p className={styles.none} role="status">
              {t('switcher.none')}
            </p>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
