import { ipcMain, MessageChannelMain, type WebContents } from 'electron'
import { createMessagePort } from '../shared/rpc/message-port.ts'
import type { Port } from '../shared/rpc/port.ts'
import { PORTS_HERE, PORTS_WANTED } from '../shared/shell-handshake.ts'
import { isOwnPage } from './address.ts'

export interface PagePortsParts {
  /** The only contents that may ask. */
  isOurs(contents: WebContents): boolean
  serveEngine(port: Port): void
  serveHost(port: Port): void
  onRefused(address: string): void
}

/** The one place where anything comes in over IPC: a page asks for its two ports. Everything else runs over those. */
export const givePagePorts = ({ isOurs, serveEngine, serveHost, onRefused }: PagePortsParts): void => {
  ipcMain.on(PORTS_WANTED, ({ sender, senderFrame }) => {
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame
    if (!isOurs(sender) || !isMainFrame || !isOwnPage(senderFrame.url)) {
      return onRefused(senderFrame?.url ?? 'a frame that is gone')
    }
    const engine = new MessageChannelMain()
    const host = new MessageChannelMain()
    serveEngine(createMessagePort(engine.port1))
    serveHost(createMessagePort(host.port1))
    senderFrame.postMessage(PORTS_HERE, null, [engine.port2, host.port2])
  })
}
