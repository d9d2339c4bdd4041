import { useEffect } from 'react'
import { Frame } from './components/frame/Frame.tsx'
import { t } from './locales/i18n.ts'
import { FirstRun } from './screens/FirstRun.tsx'
import { LockedScreen } from './screens/LockedScreen.tsx'
import { RefusedScreen, StartingScreen } from './screens/PlainScreens.tsx'
import { RecoveryScreen } from './screens/RecoveryScreen.tsx'
import { RemovedScreen } from './screens/RemovedScreen.tsx'
import { WaitingScreen } from './screens/WaitingScreen.tsx'
import { useSession, useSessionState } from './session-context.tsx'
import { resetUi, useUi } from './ui-state.ts'

/** The theme on the root element; without one the system decides. */
const useTheme = (): void => {
  const theme = useSessionState(state => state.settings?.theme ?? 'system')
  useEffect(() => {
    const { documentElement } = document
    if (theme === 'system') delete documentElement.dataset.theme
    else documentElement.dataset.theme = theme
  }, [theme])
}

const useInvitationLinks = (): void => {
  const { onHostEvent } = useSession()
  useEffect(
    () => onHostEvent('invitation.opened', ({ link }) => useUi.setState({ invitationLink: link })),
    [onHostEvent],
  )
}

const useWindowTitle = (): void => {
  const name = useSessionState(state => state.status?.organisation?.name)
  useEffect(() => {
    document.title = name === undefined ? t('app.name') : `${name} – ${t('app.name')}`
  }, [name])
}

/** Locking closes whatever was open, so that nothing of it stands there after the unlocking. */
const useClosingOnLock = (): void => {
  const isLocked = useSessionState(state => state.status?.profile.state === 'locked')
  useEffect(() => {
    if (isLocked) resetUi()
  }, [isLocked])
}

/** A file that misses its place would otherwise be opened by the browser, in the place of Lanyard. */
const useNoStrayDrops = (): void => {
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault()
    window.addEventListener('dragover', stop)
    window.addEventListener('drop', stop)
    return () => {
      window.removeEventListener('dragover', stop)
      window.removeEventListener('drop', stop)
    }
  }, [])
}

const CurrentScreen = () => {
  const connection = useSessionState(state => state.connection)
  const status = useSessionState(state => state.status)
  const hasCache = useSessionState(state => state.cache !== null)
  if (connection === 'refused') return <RefusedScreen />
  if (status === null) return <StartingScreen />
  const { profile, organisation, joining } = status
  if (profile.state === 'locked') return <LockedScreen />
  if (profile.state === 'empty') return <FirstRun />
  if (joining !== null) return <WaitingScreen joining={joining} />
  if (organisation === null) return <FirstRun />
  if (organisation.membership === 'removed') return <RemovedScreen organisation={organisation} />
  if (!hasCache) return <StartingScreen />
  return organisation.recoveryPending ? <RecoveryScreen organisation={organisation} /> : <Frame />
}

export const App = () => {
  useTheme()
  useInvitationLinks()
  useWindowTitle()
  useClosingOnLock()
  useNoStrayDrops()
  return <CurrentScreen />
}
