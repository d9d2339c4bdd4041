import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import type { Conversation, Person } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useMessageWindow } from '../../queries/useMessageWindow.ts'
import { useOrganisation, useStatus } from '../../queries/useOrganisation.ts'
import { useCache } from '../../session-context.tsx'
import { presenceOf } from '../../text/people.ts'
import { Banners } from '../frame/Banners.tsx'
import { ChatHeader } from './ChatHeader.tsx'
import styles from './ChatPane.module.css'
import { Composer } from './Composer.tsx'
import { MessageList } from './MessageList.tsx'

/** Stands in for somebody whose row has not arrived, or never will. */
const stranger = (id: Person['id']): Person => ({
  id,
  name: t('chats.unknownPerson'),
  title: '',
  department: '',
  email: '',
  phone: '',
  roles: [],
  photo: null,
  devices: 0,
  isAdmin: false,
  listed: false,
  lastSeenAt: null,
})

export const ChatPane = ({ conversation }: { conversation: Conversation }) => {
  const { id, personId, readUpTo, unread } = conversation
  const cache = useCache()
  const { self } = useOrganisation()
  const { online, network } = useStatus()
  const { personById } = useDirectory()
  const shown = useMessageWindow(id)
  // What is new is marked as it was when the chat was opened; reading it does not move the mark away.
  const [unreadAtOpening] = useState({ readUpTo, count: unread })
  const draft = useLiveQuery(() => cache.drafts.get(id).then(row => ({ text: row?.text ?? '' })), [cache, id])
  const other = personById.get(personId) ?? stranger(personId)
  return (
    <main className={styles.pane} aria-label={other.name} data-pane tabIndex={-1}>
      <ChatHeader person={other} />
      <Banners />
      <MessageList
        window={shown}
        other={other}
        isOtherOnline={presenceOf(personId, online, network) === 'online'}
        self={self}
        unread={unreadAtOpening}
        unreadNow={unread}
      />
      {draft !== undefined && <Composer conversationId={id} other={other} self={self} initialText={draft.text} />}
    </main>
  )
}
