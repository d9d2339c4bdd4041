import { Network, Unplug } from 'lucide-react'
import { useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import type { NetworkStatus } from '../../../shared/contract/entities.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { clockTime } from '../../text/dates.ts'
import { showToast } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import styles from './NetworkPill.module.css'

const words = ({ state, nearby }: NetworkStatus): { title: string; text: string; look: string | undefined } => {
  switch (state) {
    case 'connected':
      return { title: t('network.nearby', { count: nearby }), text: t('network.nearbyText'), look: styles.connected }
    case 'searching':
      return { title: t('network.looking'), text: t('network.lookingText'), look: styles.searching }
    case 'offline':
      return { title: t('network.offline'), text: t('network.offlineText'), look: styles.offline }
    case 'stopped':
      return { title: t('network.stopped'), text: t('network.offlineText'), look: styles.offline }
  }
}

/** How the network is, in a few words; opens the network check. */
export const NetworkPill = () => {
  const { network } = useStatus()
  const refresh = useCall('network.refresh')
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { title, text, look } = words(network)
  const isDown = network.state === 'offline' || network.state === 'stopped'
  const check = () => refresh.run({}).then(answer => answer !== undefined && showToast(t('network.checked')))
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${styles.pill} ${look}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <Icon icon={isDown ? Unplug : Network} size={16} />
        {title}
      </button>
      <Popover
        triggerRef={button}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="top start"
        className={styles.popover ?? ''}
      >
        <Dialog aria-label={t('network.title')} className={styles.dialog ?? ''}>
          <h2>{title}</h2>
          <p>{text}</p>
          {network.deafInterfaces.length > 0 && (
            <p className={styles.deaf}>{t('network.deaf', { interfaces: network.deafInterfaces.join(', ') })}</p>
          )}
          <p className={styles.since}>{t('network.since', { time: clockTime(network.since) })}</p>
          <Button size="small" isBusy={refresh.isBusy} onClick={() => void check()}>
            {t('network.check')}
          </Button>
        </Dialog>
      </Popover>
    </>
  )
}
