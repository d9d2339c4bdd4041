import { Search, SquarePen, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useStatus } from '../../queries/useOrganisation.ts'
import { useUi } from '../../ui-state.ts'
import { Icon } from '../Icon.tsx'
import { IconButton } from '../IconButton.tsx'
import { isMac } from '../platform.ts'
import styles from './ConversationList.module.css'
import { ConversationRows } from './ConversationRows.tsx'
import { NetworkPill } from './NetworkPill.tsx'

const openSwitcher = () => useUi.setState({ isSwitcherOpen: true })

export const ConversationList = () => {
  const { conversations, isRead } = useDirectory()
  const [filter, setFilter] = useState<'all' | 'unread'>('all')
  const { profile } = useStatus()
  const selectedId = useUi(state => state.conversationId)
  const shown = conversations.filter(({ id, unread }) => filter === 'all' || unread > 0 || id === selectedId)
  const chip = (value: typeof filter, label: string) => (
    <button type="button" className={styles.chip} aria-pressed={filter === value} onClick={() => setFilter(value)}>
      {label}
    </button>
  )
  return (
    <section className={styles.column} aria-label={t('chats.title')} data-pane>
      <header className={styles.head}>
        <h1>{t('chats.title')}</h1>
        <IconButton icon={SquarePen} label={t('chats.new')} onClick={openSwitcher} />
      </header>
      <div className={styles.search}>
        <button type="button" className={styles.searchButton} onClick={openSwitcher}>
          <Icon icon={Search} size={16} />
          <span>{t('chats.search')}</span>
          <kbd aria-hidden>{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of toggles, not a fieldset of a form */}
      <div className={styles.chips} role="group" aria-label={t('chats.filter')}>
        {chip('all', t('chats.all'))}
        {chip('unread', t('chats.unread'))}
      </div>
      {isRead && <ConversationRows conversations={shown} isFiltered={filter === 'unread'} />}
      {profile.protection === 'none' && (
        <p className={styles.unprotected}>
          <Icon icon={TriangleAlert} size={14} />
          {t('settings.notProtected')}
        </p>
      )}
      <div className={styles.network}>
        <NetworkPill />
      </div>
    </section>
  )
}
