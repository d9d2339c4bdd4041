import { Copy, Ellipsis, ExternalLink, RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Message } from '../../../shared/contract/entities.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { cancelMessage, retryMessage } from '../../actions/send.ts'
import { t } from '../../locales/i18n.ts'
import { useCache, useSession } from '../../session-context.tsx'
import { textParts } from '../../text/links.ts'
import { showToast } from '../../ui-state.ts'
import { MenuButton, type MenuEntry } from '../MenuButton.tsx'
import { LinkDialog } from './LinkDialog.tsx'

export interface MessageMenuProps {
  message: Message
  isOwn: boolean
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

export const MessageMenu = ({ message, isOwn, isOpen, onOpenChange }: MessageMenuProps) => {
  const { engine } = useSession()
  const cache = useCache()
  const [opening, setOpening] = useState<string | null>(null)
  const url = textParts(message.text).find(part => part.url !== null)?.url ?? null
  const openLink: MenuEntry = {
    id: 'open',
    icon: ExternalLink,
    label: t('link.open'),
    onAction: () => setOpening(url),
  }
  const copy: MenuEntry = {
    id: 'copy',
    icon: Copy,
    label: t('message.copy'),
    onAction: () =>
      navigator.clipboard.writeText(message.text).then(() => showToast(t('message.copied')), reportFailure),
  }
  const retry: MenuEntry = {
    id: 'retry',
    icon: RotateCcw,
    label: t('message.retry'),
    onAction: () => retryMessage(engine, cache, message).catch(reportFailure),
  }
  const takeBack: MenuEntry = {
    id: 'cancel',
    icon: Undo2,
    label: t(message.state === 'failed' ? 'message.delete' : 'message.cancel'),
    isDanger: true,
    onAction: () => cancelMessage(engine, cache, message).then(() => showToast(t('message.cancelled')), reportFailure),
  }
  const entries = [
    copy,
    ...(url === null ? [] : [openLink]),
    ...(isOwn && message.state === 'failed' ? [retry] : []),
    ...(isOwn && (message.state === 'queued' || message.state === 'failed') ? [takeBack] : []),
  ]
  return (
    <>
      <MenuButton
        icon={Ellipsis}
        label={t('message.menu')}
        size="small"
        isTabStop={false}
        entries={entries}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
      />
      {opening !== null && <LinkDialog url={opening} onClose={() => setOpening(null)} />}
    </>
  )
}
