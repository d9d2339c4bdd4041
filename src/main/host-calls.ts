import { hostname } from 'node:os'
import {
  type HostContract,
  hostContract,
  knownPlatform,
  type Settings,
  type WaitingPage,
} from '../shared/contract/host.ts'
import type { ConversationId } from '../shared/ids.ts'
import { MAX_NAME_CHARACTERS } from '../shared/limits.ts'
import type { Port } from '../shared/rpc/port.ts'
import { type Handlers, type RpcServer, serveRpc } from '../shared/rpc/server.ts'
import type { SettingsFile } from './settings.ts'

export interface HostParts {
  file: SettingsFile
  version: string
  platform: NodeJS.Platform
  hasTray(): boolean
  canNotify(): boolean
  openExternally(link: string): Promise<void>
  onSettings(settings: Settings): void
  onShown(conversation: ConversationId | null): void
  onWaitingShown(page: WaitingPage | null): void
  showBadge(count: number): void
  quit(): void
  onBug(error: unknown, call: string): void
}

export interface Host {
  serve(port: Port): void
  requestConversation(id: ConversationId): void
  requestWaiting(page: WaitingPage): void
  /** Told to the page now, or to the first one that comes. */
  openInvitation(link: string): void
}

export const createHost = (parts: HostParts): Host => {
  const { file, version, platform, onBug } = parts
  const pages = new Set<RpcServer<HostContract>>()
  let waitingLink: string | undefined

  const tellInvitation = () => {
    if (waitingLink === undefined || pages.size === 0) return
    for (const page of pages) page.emit('invitation.opened', { link: waitingLink })
    waitingLink = undefined
  }

  const handlers: Handlers<HostContract> = {
    'host.info'() {
      // A page asks this first; by its answer it listens, so what waited for it can be told after that.
      setImmediate(tellInvitation)
      return {
        shell: 'electron',
        platform: knownPlatform(platform),
        deviceName: hostname().slice(0, MAX_NAME_CHARACTERS),
        version,
        can: { closeToTray: parts.hasTray(), notify: parts.canNotify(), quit: true },
      }
    },
    'settings.get': () => file.read(),
    'settings.change'(changes) {
      const settings = file.change(changes)
      parts.onSettings(settings)
      for (const page of pages) page.emit('settings.changed', settings)
      return settings
    },
    async 'link.open'({ url }) {
      await parts.openExternally(new URL(url).href)
      return {}
    },
    'conversation.shown'({ id }) {
      parts.onShown(id)
      return {}
    },
    'waiting.shown'({ page }) {
      parts.onWaitingShown(page)
      return {}
    },
    'badge.show'({ count }) {
      parts.showBadge(count)
      return {}
    },
    'app.quit'() {
      setImmediate(parts.quit)
      return {}
    },
  }

  return {
    serve(port) {
      const page = serveRpc(hostContract, port, handlers, { onBug })
      pages.add(page)
      page.onClose(() => pages.delete(page))
    },
    requestConversation(id) {
      for (const page of pages) page.emit('conversation.requested', { id })
    },
    requestWaiting(page) {
      for (const each of pages) each.emit('waiting.requested', { page })
    },
    openInvitation(link) {
      waitingLink = link
      tellInvitation()
    },
  }
}
