import { hostname } from 'node:os'
import { type HostContract, hostContract, knownPlatform } from '../shared/contract/host.ts'
import { MAX_NAME_CHARACTERS } from '../shared/limits.ts'
import type { Port } from '../shared/rpc/port.ts'
import { type Handlers, type RpcServer, serveRpc } from '../shared/rpc/server.ts'
import { openExternally } from './open-externally.ts'
import type { SettingsFile } from './settings-file.ts'

export interface HostParts {
  file: SettingsFile
  version: string
  platform: NodeJS.Platform
  onBug(error: unknown, call: string): void
  quit(): void
}

/** Serves the host contract to every page of this shell; a changed setting reaches all of them. */
export const createHost = ({ file, version, platform, onBug, quit }: HostParts): ((port: Port) => void) => {
  const pages = new Set<RpcServer<HostContract>>()

  const handlers: Handlers<HostContract> = {
    'host.info': () => ({
      shell: 'browser',
      platform: knownPlatform(platform),
      deviceName: hostname().slice(0, MAX_NAME_CHARACTERS),
      version,
      can: { closeToTray: false, notify: false, quit: true },
    }),
    'settings.get': () => file.read(),
    'settings.change'(changes) {
      const settings = file.change(changes)
      for (const page of pages) page.emit('settings.changed', settings)
      return settings
    },
    async 'link.open'({ url }) {
      await openExternally(url, platform)
      return {}
    },
    // A browser gives a page no taskbar badge, and this shell shows no notifications: nothing depends on what is shown.
    'conversation.shown': () => ({}),
    'waiting.shown': () => ({}),
    'badge.show': () => ({}),
    'app.quit'() {
      // The answer goes out first.
      setImmediate(quit)
      return {}
    },
  }

  return port => {
    const page = serveRpc(hostContract, port, handlers, { onBug })
    pages.add(page)
    page.onClose(() => pages.delete(page))
  }
}
