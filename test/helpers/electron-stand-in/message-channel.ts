import { EventEmitter } from 'node:events'

/** MessagePortMain: both ends in this process, one of which may be carried into the page. */
export class MessagePortMain extends EventEmitter {
  other: MessagePortMain | undefined
  #started = false
  #closed = false
  readonly #waiting: unknown[] = []

  postMessage(message: unknown): void {
    const copy = structuredClone(message)
    queueMicrotask(() => this.other?.receive(copy))
  }

  receive(data: unknown): void {
    if (this.#closed) return
    if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }

  start(): void {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] })
  }

  close(): void {
    this.end()
    queueMicrotask(() => this.other?.end())
  }

  /** This end only. */
  end(): void {
    if (this.#closed) return
    this.#closed = true
    this.emit('close')
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}
