import { Copy, Ellipsis, RotateCcw, Undo2 } from 'lucide-react'
import type { Message } from '../../../shared/contract/entities.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { cancelMessage, retryMessage } from '../../actions/send.ts'
import { t } from '../../locales/i18n.ts'
import { useCache, useSession } from '../../session-context.tsx'
import { showToast } from '../../ui-state.ts'
import { MenuButton, type MenuEntry } from '../MenuButton.tsx'

export interface MessageMenuProps {
  message: Message
  isOwn: boolean
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

export const MessageMenu = ({ message, isOwn, isOpen, onOpenChange }: MessageMenuProps) => {
  const { engine } = useSession()
  const cache = useCache()
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
    ...(isOwn && message.state === 'failed' ? [retry] : []),
    ...(isOwn && (message.state === 'queued' || message.state === 'failed') ? [takeBack] : []),
  ]
  return (
    <MenuButton
      icon={Ellipsis}
      label={t('message.menu')}
      size="small"
      isTabStop={false}
      entries={entries}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    />
  )
}
