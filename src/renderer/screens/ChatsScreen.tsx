import { useEffect } from 'react'
import { ChatPane } from '../components/chat/ChatPane.tsx'
import { ConversationList } from '../components/chats/ConversationList.tsx'
import { NoChat } from '../components/chats/NoChat.tsx'
import { useDirectory } from '../queries/directory.tsx'
import { useSession } from '../session-context.tsx'
import { useUi } from '../ui-state.ts'
import styles from './ChatsScreen.module.css'

export const ChatsScreen = () => {
  const { host } = useSession()
  const conversationId = useUi(state => state.conversationId)
  const { conversations } = useDirectory()
  const conversation = conversations.find(({ id }) => id === conversationId)
  const shownId = conversation?.id ?? null

  useEffect(() => {
    // Only saves a needless notification; the shell shows one too many when this fails.
    const tell = (id: typeof shownId) => host('conversation.shown', { id }).catch(() => undefined)
    void tell(shownId)
    return () => {
      void tell(null)
    }
  }, [host, shownId])

  return (
    <div className={styles.panes} data-has-chat={conversation !== undefined}>
      <ConversationList />
      {conversation === undefined ? <NoChat /> : <ChatPane key={conversation.id} conversation={conversation} />}
    </div>
  )
}
