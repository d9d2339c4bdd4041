import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { type CDPSession, chromium, type Page } from 'playwright'
import { isolatedWorldSource, mainWorldSource } from './isolated-world.ts'
import type { MessagePortMain } from './message-channel.ts'
import { decodeWire, encodeWire } from './wire.ts'

const WORLD = 'electron-preload'
/** Chromium alone knows no `app://`; this host stands for it, and every address is translated at the border. */
const HOST = 'http://bundle.localhost/'
const toHost = (address: string) => address.replace(/^app:\/\/bundle\//, HOST)
const toApp = (address: string) => (address.startsWith(HOST) ? `app://bundle/${address.slice(HOST.length)}` : address)

type Handler = (request: Request) => Response | Promise<Response>
type FromPage = { kind: 'ipc'; channel: string; args: unknown[] } | { kind: 'port'; port: number; data: unknown }

export const ipcMain = new EventEmitter()

let handler: Handler | undefined
export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle(scheme: string, given: Handler) {
    if (scheme === 'app') handler = given
  },
}

/** A page of the real browser that `STAND_IN_BROWSER` names by its CDP address. */
export class WebContents extends EventEmitter {
  readonly mainFrame = { url: '', postMessage: this.#post.bind(this) }
  readonly #preload: string
  #page: Page | undefined
  #session: CDPSession | undefined
  #world: number | undefined
  #lastPort = 0
  readonly #ports = new Map<number, MessagePortMain>()
  #windowOpenHandler: () => { action: string } = () => ({ action: 'allow' })

  constructor(preload: string) {
    super()
    this.#preload = readFileSync(preload, 'utf8')
  }

  setWindowOpenHandler(given: () => { action: string }): void {
    this.#windowOpenHandler = given
  }

  getURL(): string {
    return this.mainFrame.url
  }

  async load(address: string): Promise<void> {
    const browser = await chromium.connectOverCDP(process.env.STAND_IN_BROWSER ?? '')
    const context = browser.contexts()[0]
    if (context === undefined) throw new Error('The browser has no default context')
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    this.#page = page
    this.#session = session
    page.on('popup', popup => {
      if (this.#windowOpenHandler().action === 'deny') void popup.close()
    })
    await page.route(
      () => true,
      async (route, request) => {
        const url = toApp(request.url())
        if (request.isNavigationRequest() && this.mainFrame.url !== '') {
          let prevented = false
          this.emit('will-navigate', { preventDefault: () => (prevented = true), url })
          if (prevented) return route.abort('aborted')
        }
        if (!url.startsWith('app://') || handler === undefined) return route.abort()
        const response = await handler(new Request(url, { method: request.method() }))
        return route.fulfill({
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: Buffer.from(await response.arrayBuffer()),
        })
      },
    )
    session.on('Runtime.executionContextCreated', ({ context: world }) => {
      if (world.name === WORLD) this.#world = world.id
    })
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'toMain') this.#receive(decodeWire(payload) as FromPage)
    })
    await session.send('Runtime.enable')
    await session.send('Page.enable')
    await session.send('Runtime.addBinding', { name: 'toMain', executionContextName: WORLD })
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource })
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedWorldSource(this.#preload),
      worldName: WORLD,
    })
    await page.goto(toHost(address))
    this.mainFrame.url = address
    this.emit('ready')
  }

  async close(): Promise<void> {
    for (const port of this.#ports.values()) port.close()
    await this.#page?.close()
  }

  #receive(told: FromPage): void {
    if (told.kind === 'port') this.#ports.get(told.port)?.postMessage(told.data)
    else {
      const frame = { ...this.mainFrame, url: toApp(this.#page?.url() ?? '') }
      // The frame that speaks is the main frame: the world of the preload exists nowhere else.
      this.mainFrame.url = frame.url
      ipcMain.emit(told.channel, { sender: this, senderFrame: this.mainFrame, ports: [] }, ...told.args)
    }
  }

  #post(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    const ports = transfer.map(port => {
      const id = ++this.#lastPort
      this.#ports.set(id, port)
      port.on('message', ({ data }: { data: unknown }) => this.#tell({ kind: 'port', port: id, data }))
      port.on('close', () => this.#tell({ kind: 'port-closed', port: id }))
      return { id, port }
    })
    this.#tell({ kind: 'ipc', channel, message, ports: ports.map(({ id }) => id) })
    for (const { port } of ports) port.start()
  }

  /** In order: CDP handles one message after the other. What comes after the page has gone is lost, as in Electron. */
  #tell(told: unknown): void {
    this.#session
      ?.send('Runtime.evaluate', {
        expression: `fromMain(${JSON.stringify(encodeWire(told))})`,
        ...(this.#world === undefined ? {} : { contextId: this.#world }),
      })
      .catch(() => undefined)
  }
}
