import { IdCard, type LucideIcon, MessageCircle, Settings, Users } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useJoinRequests } from '../../queries/useAdministration.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation, useStatus } from '../../queries/useOrganisation.ts'
import text from '../../styles/text.module.css'
import { presenceWords } from '../../text/people.ts'
import { showView, useUi, type View } from '../../ui-state.ts'
import { Avatar } from '../Avatar.tsx'
import { BrandMark } from '../BrandMark.tsx'
import { CountBadge } from '../CountBadge.tsx'
import { Icon } from '../Icon.tsx'
import styles from './Rail.module.css'

const RailItem = ({ view, icon, label, count }: { view: View; icon: LucideIcon; label: string; count: number }) => {
  const isCurrent = useUi(state => state.view === view)
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        aria-current={isCurrent ? 'page' : undefined}
        title={label}
        onClick={() => showView(view)}
      >
        <Icon icon={icon} size={20} />
        <span className={styles.label}>{label}</span>
        {count > 0 && (
          <span className={styles.badge}>
            <CountBadge count={count} label={t('rail.new', { count })} />
          </span>
        )}
      </button>
    </li>
  )
}

export const Rail = () => {
  const { self, isAdmin, administration } = useOrganisation()
  const { network } = useStatus()
  const { conversations, personById } = useDirectory()
  const requests = useJoinRequests()
  const now = useNow(MINUTE)
  const unread = conversations.filter(conversation => conversation.unread > 0).length
  /** What an administrator is asked for: answers, signatures, and words to compare. */
  const waiting = (requests?.length ?? 0) + administration.proposals + administration.offers
  const name = personById.get(self)?.name ?? ''
  const isKnown = network.state === 'connected' || network.state === 'searching'
  const presence = isKnown ? 'online' : 'unknown'
  return (
    <nav className={styles.rail} aria-label={t('app.main')} data-pane tabIndex={-1}>
      <span className={styles.brand}>
        <BrandMark />
      </span>
      <ul className={styles.items}>
        <RailItem view="chats" icon={MessageCircle} label={t('rail.chats')} count={unread} />
        <RailItem view="people" icon={Users} label={t('rail.people')} count={0} />
        {isAdmin && <RailItem view="admin" icon={IdCard} label={t('rail.admin')} count={waiting} />}
      </ul>
      <ul className={styles.foot}>
        <RailItem view="settings" icon={Settings} label={t('rail.settings')} count={0} />
        <li className={styles.own}>
          <button type="button" title={name} onClick={() => showView('settings')}>
            <span className={text.hidden}>{t('rail.own', { name, presence: presenceWords(presence, null, now) })}</span>
            <Avatar id={self} name={name} photo={personById.get(self)?.photo ?? null} size={36} presence={presence} />
          </button>
        </li>
      </ul>
    </nav>
  )
}
