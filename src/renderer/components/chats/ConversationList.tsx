import { Search, SquarePen, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useStatus } from '../../queries/useOrganisation.ts'
import { useUi } from '../../ui-state.ts'
import { Chips } from '../Chips.tsx'
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
      <div className={styles.chips}>
        <Chips
          label={t('chats.filter')}
          value={filter}
          options={[
            ['all', t('chats.all')],
            ['unread', t('chats.unread')],
          ]}
          onValue={setFilter}
        />
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
