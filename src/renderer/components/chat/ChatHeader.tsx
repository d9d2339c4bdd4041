import { ArrowLeft, Ellipsis, ShieldCheck, UserRound } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Person } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { presenceOf, presenceWords } from '../../text/people.ts'
import { showConversation, useUi } from '../../ui-state.ts'
import { Avatar } from '../Avatar.tsx'
import { Icon } from '../Icon.tsx'
import { IconButton } from '../IconButton.tsx'
import { MenuButton } from '../MenuButton.tsx'
import { ProfilePopover } from '../people/ProfilePopover.tsx'
import styles from './ChatHeader.module.css'

export const ChatHeader = ({ person }: { person: Person }) => {
  const { online, network } = useStatus()
  const now = useNow(MINUTE)
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [isProfileOpen, setProfileOpen] = useState(false)
  const anchor = useRef<HTMLSpanElement>(null)
  const presence = presenceOf(person.id, online, network)
  return (
    <header className={styles.header}>
      <span className={styles.back}>
        <IconButton icon={ArrowLeft} label={t('action.back')} onClick={() => showConversation(null)} />
      </span>
      <span ref={anchor} className={styles.avatar}>
        <Avatar
          id={person.id}
          name={person.name}
          photo={person.photo}
          size={36}
          presence={presence}
          isFormer={!person.listed}
        />
      </span>
      <div className={styles.words}>
        <div className={styles.line}>
          <h2 className={styles.name} title={person.name}>
            {person.name}
          </h2>
          {person.listed && (
            <button
              type="button"
              className={styles.verified}
              aria-label={t('chat.verifiedDetails', { label: t('chat.verified') })}
              title={t('chat.verified')}
              aria-expanded={isProfileOpen}
              aria-haspopup="dialog"
              onClick={() => setProfileOpen(true)}
            >
              <Icon icon={ShieldCheck} size={14} />
              <span className={styles.long}>{t('chat.verified')}</span>
              <span className={styles.short}>{t('chat.verifiedShort')}</span>
            </button>
          )}
        </div>
        <p className={styles.presence}>
          {person.listed ? presenceWords(presence, person.lastSeenAt, now) : t('chats.former')}
        </p>
      </div>
      <MenuButton
        icon={Ellipsis}
        label={t('chat.more')}
        isOpen={isMenuOpen}
        onOpenChange={setMenuOpen}
        entries={[
          { id: 'profile', icon: UserRound, label: t('chat.profile'), onAction: () => setProfileOpen(true) },
          {
            id: 'safety',
            icon: ShieldCheck,
            label: t('chat.safetyNumber'),
            onAction: () => useUi.setState({ safetyOf: person.id }),
          },
        ]}
      />
      <ProfilePopover
        person={person}
        anchor={anchor}
        isOpen={isProfileOpen}
        canMessage={false}
        placement="bottom start"
        onClose={() => setProfileOpen(false)}
      />
    </header>
  )
}
