import { contextBridge, ipcRenderer } from 'electron'
import { PORTS_HERE, PORTS_WANTED } from '../shared/shell-handshake.ts'

/** The part of the DOM that is used here; this folder is otherwise Node's. */
declare const window: {
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void
  postMessage(message: unknown, target: string, ports: readonly unknown[]): void
}

/**
 * All that the page gets from Electron: the name of the shell, and a pair of MessagePorts when it asks. MessagePorts
 * cannot cross `contextBridge`; a message to the page's own window carries them.
 */
contextBridge.exposeInMainWorld('lanyardShell', 'electron')

window.addEventListener('message', ({ source, data }) => {
  if (source !== window || typeof data !== 'object' || data === null) return
  if ('type' in data && data.type === PORTS_WANTED) ipcRenderer.send(PORTS_WANTED)
})

ipcRenderer.on(PORTS_HERE, ({ ports }) => {
  // `app://` pages have an opaque origin in some versions, which cannot be named as a target.
  window.postMessage({ type: PORTS_HERE }, '*', ports)
})
