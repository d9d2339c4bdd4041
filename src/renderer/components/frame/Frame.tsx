import { useEffect } from 'react'
import { t } from '../../locales/i18n.ts'
import { DirectoryProvider, useDirectory } from '../../queries/directory.tsx'
import { PhotosProvider } from '../../queries/photos.tsx'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { AdminScreen } from '../../screens/AdminScreen.tsx'
import { ChatsScreen } from '../../screens/ChatsScreen.tsx'
import { LeaseOverScreen } from '../../screens/LeaseOverScreen.tsx'
import { PeopleScreen } from '../../screens/PeopleScreen.tsx'
import { SettingsScreen } from '../../screens/SettingsScreen.tsx'
import { useSession } from '../../session-context.tsx'
import { showAdminPage, showConversation, useUi } from '../../ui-state.ts'
import { SafetyDialog } from '../people/SafetyDialog.tsx'
import styles from './Frame.module.css'
import { HelpDialog } from './HelpDialog.tsx'
import { Rail } from './Rail.tsx'
import { Switcher } from './Switcher.tsx'
import { Toasts } from './Toasts.tsx'
import { useShortcuts } from './useShortcuts.ts'

const CurrentScreen = () => {
  const view = useUi(state => state.view)
  const { isAdmin, isLeaseOver } = useOrganisation()
  const chats = isLeaseOver ? <LeaseOverScreen /> : <ChatsScreen />
  switch (view) {
    case 'chats':
      return chats
    case 'people':
      return <PeopleScreen />
    case 'admin':
      return isAdmin ? <AdminScreen /> : chats
    case 'settings':
      return <SettingsScreen />
  }
}

const useShellEvents = () => {
  const { host, onHostEvent } = useSession()
  const { conversations } = useDirectory()
  const unread = conversations.filter(conversation => conversation.unread > 0).length
  useEffect(() => onHostEvent('conversation.requested', ({ id }) => showConversation(id)), [onHostEvent])
  useEffect(() => onHostEvent('waiting.requested', ({ page }) => showAdminPage(page)), [onHostEvent])
  useEffect(() => {
    // A badge that cannot be shown costs nothing; the rail has it too.
    host('badge.show', { count: unread }).catch(() => undefined)
  }, [host, unread])
}

const Inside = () => {
  useShortcuts()
  useShellEvents()
  const { isSwitcherOpen, isHelpOpen, safetyOf } = useUi()
  const skip = () => document.querySelector<HTMLElement>('main')?.focus()
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={skip}>
        {t('app.skip')}
      </button>
      <Rail />
      <CurrentScreen />
      <Toasts />
      {isSwitcherOpen && <Switcher />}
      {isHelpOpen && <HelpDialog />}
      {safetyOf !== null && <SafetyDialog personId={safetyOf} />}
    </div>
  )
}

/** The main window of a member whose profile is open. */
export const Frame = () => (
  <DirectoryProvider>
    <PhotosProvider>
      <Inside />
    </PhotosProvider>
  </DirectoryProvider>
)
