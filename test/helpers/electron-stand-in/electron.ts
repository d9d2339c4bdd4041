import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MessageChannelMain } from './message-channel.ts'
import { onDeed, report } from './report.ts'
import { ipcMain, protocol, WebContents } from './web-contents.ts'

// As `electron .`: what is started is an argument.
Object.assign(process, { defaultApp: true })

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Electron's app. Quitting asks everybody as Electron does: before-quit, windows, will-quit. */
class App extends EventEmitter {
  readonly isPackaged = false
  readonly #paths = new Map<string, string>()

  getAppPath = () => ROOT.replace(/\/$/, '')
  getVersion = () => (JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string }).version
  setPath = (name: string, path: string) => void this.#paths.set(name, path)
  getPath = (name: string) => this.#paths.get(name) ?? ROOT
  getName = () => 'Lanyard'
  disableHardwareAcceleration = () => undefined
  readonly commandLine = { appendSwitch: () => undefined }
  requestSingleInstanceLock = () => {
    report({ what: 'asked-for-lock' })
    return true
  }
  whenReady = () => Promise.resolve()
  setAsDefaultProtocolClient = () => true
  setBadgeCount = (count: number) => {
    report({ what: 'badge', count })
    return true
  }
  exit = (code: number) => process.exit(code)

  quit = () => {
    this.emit('before-quit', { preventDefault: () => undefined })
    let isHeld = false
    this.emit('will-quit', { preventDefault: () => (isHeld = true) })
    if (!isHeld) process.exit(0)
  }
}

export const app = new App()

/** Nothing sleeps here. */
export const powerMonitor = new EventEmitter()

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  #isFocused = true

  constructor({
    webPreferences,
  }: { webPreferences: { preload: string; sandbox: boolean; contextIsolation: boolean } }) {
    super()
    if (!webPreferences.sandbox || !webPreferences.contextIsolation) throw new Error('The window is not confined')
    this.webContents = new WebContents(webPreferences.preload)
    this.webContents.on('ready', () => this.emit('ready-to-show'))
    onDeed(deed => {
      if (deed.do === 'close-window') this.close()
      if (deed.do === 'focus' || deed.do === 'blur') {
        this.#isFocused = deed.do === 'focus'
        this.emit(deed.do)
      }
    })
  }

  loadURL = (address: string) => this.webContents.load(address)
  show = () => report({ what: 'window', state: 'shown' })
  hide = () => report({ what: 'window', state: 'hidden' })
  focus = () => undefined
  restore = () => undefined
  maximize = () => undefined
  isMinimized = () => false
  isMaximized = () => false
  isDestroyed = () => false
  isFocused = () => this.#isFocused
  getNormalBounds = () => ({ x: 10, y: 10, width: 1280, height: 800 })

  close(): void {
    let isHeld = false
    this.emit('close', { preventDefault: () => (isHeld = true) })
    if (isHeld) return
    report({ what: 'window', state: 'closed' })
    void this.webContents.close().then(() => {
      this.emit('closed')
      app.emit('window-all-closed')
    })
  }
}

let lastNotification = 0
export class Notification extends EventEmitter {
  static isSupported = () => true
  readonly #id = ++lastNotification
  readonly #words: { title: string; body: string }

  constructor(words: { title: string; body: string }) {
    super()
    this.#words = words
    onDeed(deed => {
      if (deed.do === 'click-notification' && deed.id === this.#id) this.emit('click')
    })
  }

  show = () => report({ what: 'notification', id: this.#id, title: this.#words.title, body: this.#words.body })
  close = () => {
    report({ what: 'notification-closed', id: this.#id })
    this.emit('close')
  }
}

/** A utility process of Electron is a Node process; here it is one with the same interface. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess

  constructor(entry: string) {
    super()
    this.#child = fork(entry, [], { serialization: 'advanced', execArgv: [] })
    this.#child.on('message', message => this.emit('message', message))
    this.#child.on('exit', code => this.emit('exit', code))
  }

  postMessage = (message: unknown) => {
    if (this.#child.connected) this.#child.send(message as object)
  }
  kill = () => this.#child.kill()
}

export const utilityProcess = { fork: (entry: string) => new UtilityProcess(entry) }

/** Wraps nothing: whoever has the file has the key. For tests of the wiring only. */
const unsafeTestingWrap = (text: string) => Buffer.from(`unsafe-testing:${text}`)
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => process.env.STAND_IN_KEYCHAIN ?? 'gnome_libsecret',
  encryptStringAsync: (text: string) => Promise.resolve(unsafeTestingWrap(text)),
  decryptStringAsync: async (wrapped: Buffer) => {
    if (process.env.STAND_IN_KEYCHAIN === 'locked') throw new Error('Error while decrypting the ciphertext')
    return { result: wrapped.toString().replace('unsafe-testing:', ''), shouldReEncrypt: false }
  },
}

export class Tray extends EventEmitter {
  constructor() {
    super()
    report({ what: 'tray' })
  }

  setToolTip = () => undefined
  setContextMenu = () => undefined
}

export const Menu = { buildFromTemplate: () => ({}), setApplicationMenu: () => undefined }
export const nativeImage = { createFromPath: () => ({ isEmpty: () => false }) }
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
export const dialog = { showErrorBox: (title: string, text: string) => report({ what: 'dialog', title, text }) }
export const shell = {
  openExternal(url: string) {
    report({ what: 'opened-externally', url })
    return Promise.resolve()
  },
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  },
}

export { ipcMain, MessageChannelMain, protocol }

onDeed(deed => {
  if (deed.do === 'second-instance') app.emit('second-instance', {}, deed.args)
})

export default { app, ipcMain, shell }
