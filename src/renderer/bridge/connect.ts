import { connectBrowserShell } from './browser-ports.ts'
import { connectElectron } from './electron-ports.ts'
import type { ConnectShell } from './shell-ports.ts'

declare global {
  interface Window {
    /** Set by Electron's preload, absent in the browser shell. */
    readonly lanyardShell?: 'electron'
  }
}

export const connectShell: ConnectShell = () =>
  window.lanyardShell === 'electron' ? connectElectron(window) : connectBrowserShell(window)
