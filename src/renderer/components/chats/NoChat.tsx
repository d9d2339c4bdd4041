import { MessageCircle, Network, UserPlus } from 'lucide-react'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useNow } from '../../queries/useNow.ts'
import { useOrganisation, useStatus } from '../../queries/useOrganisation.ts'
import { invitePeople } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Banners } from '../frame/Banners.tsx'
import { Icon } from '../Icon.tsx'
import { isMac } from '../platform.ts'
import styles from './NoChat.module.css'
import { SearchRings } from './SearchRings.tsx'

const SECOND = 1_000

const Searching = () => {
  const { network } = useStatus()
  const { self } = useOrganisation()
  const { personById } = useDirectory()
  const seconds = Math.max(0, Math.floor((useNow(SECOND) - network.since) / SECOND))
  const refresh = useCall('network.refresh')
  return (
    <EmptyState
      picture={<SearchRings id={self} name={personById.get(self)?.name ?? ''} />}
      title={t('looking.title')}
      text={t('looking.text')}
      note={
        seconds < 120
          ? t('looking.seconds', { count: seconds })
          : t('looking.minutes', { count: Math.floor(seconds / 60) })
      }
    >
      <Button icon={Network} isBusy={refresh.isBusy} onClick={() => void refresh.run({})}>
        {t('looking.action')}
      </Button>
    </EmptyState>
  )
}

const Alone = () => {
  const { isAdmin } = useOrganisation()
  return (
    <EmptyState
      picture={<Icon icon={UserPlus} size={24} />}
      isRound
      title={t('looking.alone')}
      text={t('looking.aloneText')}
    >
      {isAdmin && (
        <Button kind="primary" icon={UserPlus} onClick={() => invitePeople()}>
          {t('looking.aloneAction')}
        </Button>
      )}
    </EmptyState>
  )
}

/** In the place of a chat when none is chosen: what is going on, and one way on. */
export const NoChat = () => {
  const { network } = useStatus()
  const { people, isRead } = useDirectory()
  const body = () => {
    if (!isRead) return null
    if (people.length <= 1) return <Alone />
    if (network.state === 'searching') return <Searching />
    return (
      <EmptyState
        picture={<Icon icon={MessageCircle} size={24} />}
        isRound
        title={t('chats.choose')}
        text={t(isMac ? 'chats.chooseTextMac' : 'chats.chooseText')}
      />
    )
  }
  return (
    <main className={styles.pane} aria-label={t('chats.choose')} data-pane tabIndex={-1}>
      <Banners />
      {body()}
    </main>
  )
}
