import * as disk from 'node:fs'
import { join } from 'node:path'
import {
  app,
  type BrowserWindow,
  dialog,
  Notification,
  nativeTheme,
  powerMonitor,
  session,
  shell,
  type Tray,
} from 'electron'
import { engineContract } from '../shared/contract/engine.ts'
import type { WaitingPage } from '../shared/contract/host.ts'
import type { EngineStart } from '../shared/engine-process.ts'
import type { ConversationId } from '../shared/ids.ts'
import { openLogFile } from '../shared/log-file.ts'
import { createRpcClient } from '../shared/rpc/client.ts'
import { createAskedNotifications } from './asked-notifications.ts'
import { createRestartBudget } from './bounded-restart.ts'
import { superviseEngine } from './engine-supervisor.ts'
import { createHost } from './host-calls.ts'
import { createKeychain, openKeychainFile } from './keychain.ts'
import { setMenu } from './menu.ts'
import type { Shown } from './notification-words.ts'
import { createNotifications } from './notifications.ts'
import type { Options } from './options.ts'
import { givePagePorts } from './page-ports.ts'
import { servePage } from './page-protocol.ts'
import type { Places } from './places.ts'
import { denyPermissions } from './security.ts'
import { openSettings } from './settings.ts'
import { createStartEngine } from './start-engine.ts'
import { createTray } from './tray.ts'
import { createWake } from './wake.ts'
import { createWindow, loadPage, showWindow } from './window.ts'
import { wordsFor } from './words.ts'

export interface DesktopApp {
  show(): void
  openInvitation(link: string): void
}

/** Composes the desktop app. Electron must be ready. */
export const startApp = (options: Options, { out, resources }: Places): DesktopApp => {
  const { platform } = process
  const { isPackaged } = app
  const folder = app.getPath('userData')
  const log = openLogFile({ disk, folder, name: 'lanyard.log', level: options.logLevel })
  const onBug = (error: unknown, call: string) => log.error({ error, call }, 'A call failed with a bug')
  const file = openSettings(folder)
  const keychain = createKeychain(openKeychainFile(options.profile), platform, onBug)

  let window: BrowserWindow | undefined
  let tray: Tray | undefined
  let isQuitting = false
  let shown: ConversationId | null = null
  let shownPage: WaitingPage | null = null

  const applyTheme = () => {
    nativeTheme.themeSource = file.read().theme
  }
  const mayReload = createRestartBudget(Date.now)

  const openWindow = (): BrowserWindow => {
    const created = createWindow({
      file,
      preload: join(out, 'main', 'preload.cjs'),
      icon: join(resources, 'icons', '256x256.png'),
      isDark: nativeTheme.shouldUseDarkColors,
      isPackaged,
    })
    created.on('close', event => {
      if (isQuitting || tray === undefined || !file.read().closeToTray) return
      event.preventDefault()
      created.hide()
    })
    created.on('closed', () => {
      window = undefined
      shown = null
      shownPage = null
    })
    created.on('focus', () => {
      if (shown !== null) notifications.clear(shown)
      askedNotifications.look()
    })
    created.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error({ reason }, 'The page has ended')
      if (reason !== 'clean-exit' && mayReload()) created.webContents.reload()
    })
    loadPage(created).catch((error: unknown) => log.error({ error }, 'The page cannot be loaded'))
    return created
  }

  const show = () => {
    window ??= openWindow()
    showWindow(window)
  }
  const quit = () => app.quit()

  const createNotification = (words: Shown) => new Notification({ ...words, silent: false })
  const isFocused = () => window?.isFocused() === true

  const notifications = createNotifications({
    create: createNotification,
    settings: file.read,
    lookedAt: () => (isFocused() ? shown : null),
    open(conversation) {
      show()
      host.requestConversation(conversation)
    },
  })
  const askedNotifications = createAskedNotifications({
    create: createNotification,
    settings: file.read,
    lookedAt: () => (isFocused() ? shownPage : null),
    open(page) {
      show()
      host.requestWaiting(page)
    },
  })

  const host = createHost({
    file,
    version: app.getVersion(),
    platform,
    hasTray: () => tray !== undefined,
    canNotify: () => Notification.isSupported(),
    openExternally: link => shell.openExternal(link),
    onSettings: applyTheme,
    onShown(conversation) {
      shown = conversation
      if (conversation !== null && isFocused()) notifications.clear(conversation)
    },
    onWaitingShown(page) {
      shownPage = page
      askedNotifications.look()
    },
    showBadge: count => void app.setBadgeCount(count),
    quit,
    onBug,
  })

  const start: EngineStart = {
    folder: options.profile,
    hasKeychain: true,
    unprotected: options.unprotected,
    isOnline: true,
    discovery: options.discovery,
    discoveryPort: options.discoveryPort,
  }
  const startEngine = createStartEngine({ out, platform, developmentNode: options.engineNode, keychain, log })

  const wake = createWake({ onResume: listener => powerMonitor.on('resume', listener), onBug })

  const engine = superviseEngine({
    start: () => startEngine(start),
    mayRestart: createRestartBudget(Date.now),
    onStarted(running) {
      const client = createRpcClient(engineContract, running.connect())
      notifications.follow(client)
      askedNotifications.follow(client)
      wake.follow(() => client.call('network.refresh', {}))
    },
    onGaveUp(error) {
      log.error({ error }, 'There is no engine')
      const { title, text } = wordsFor(error)
      dialog.showErrorBox(title, text)
      quit()
    },
  })

  const stop = (event: { preventDefault(): void }) => {
    event.preventDefault()
    engine
      .stop()
      .catch((error: unknown) => log.error({ error }, 'The engine did not stop as it should'))
      .finally(() => app.exit(0))
  }

  app.on('before-quit', () => {
    isQuitting = true
  })
  app.once('will-quit', stop)
  app.on('activate', show)
  app.on('window-all-closed', quit)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit)

  denyPermissions(session.defaultSession)
  servePage(join(out, 'renderer'))
  givePagePorts({
    isOurs: contents => contents === window?.webContents,
    serveEngine: engine.serve,
    serveHost: host.serve,
    onRefused: address => log.warn({ address }, 'Something that is not our page asked for ports'),
  })
  applyTheme()
  setMenu(platform, isPackaged)
  tray = createTray({ images: join(resources, 'tray'), platform, show, quit })
  show()

  return { show, openInvitation: host.openInvitation }
}
