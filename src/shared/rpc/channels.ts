import * as z from 'zod/mini'
import type { Port } from './port.ts'

const channel = z.int().check(z.minimum(1))
const name = z.string().check(z.minLength(1), z.maxLength(32))

const channelFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('open'), channel, name }),
  z.strictObject({ t: z.literal('frame'), channel, frame: z.unknown() }),
  z.strictObject({ t: z.literal('close'), channel }),
])
type ChannelFrame = z.infer<typeof channelFrame>

/** Channels that one side may have open at once: a page, a shell and a keychain, many times over. */
const MAX_CHANNELS = 64

interface Channel extends Port {
  deliver(frame: unknown): void
  closeHere(): void
}

export interface Channels {
  /** A new port to the other side, which learns its name. */
  open(name: string): Port
  /** Sets the one listener for ports that the other side opens; those that came before wait for it. */
  onOpen(listener: (name: string, port: Port) => void): void
}

/**
 * Many ports over one, for two processes that share a single wire. `first` differs between the two sides (1 and 2), so
 * that their channel numbers never meet. A malformed frame closes the carrier and with it every channel.
 */
export const createChannels = (carrier: Port, first: 1 | 2): Channels => {
  const channels = new Map<number, Channel>()
  const waiting: Array<[string, Port]> = []
  let opened: ((name: string, port: Port) => void) | undefined
  let next: number = first

  const post = (frame: ChannelFrame) => carrier.post(frame)

  const create = (id: number): Channel => {
    let listener: ((frame: unknown) => void) | undefined
    let closed = false
    const early: unknown[] = []
    const closeListeners: Array<() => void> = []
    const end: Channel = {
      post(frame) {
        if (!closed) post({ t: 'frame', channel: id, frame })
      },
      onFrame(to) {
        listener = to
        for (const frame of early.splice(0)) to(frame)
      },
      onClose(to) {
        if (closed) to()
        else closeListeners.push(to)
      },
      close() {
        if (closed) return
        post({ t: 'close', channel: id })
        end.closeHere()
      },
      deliver(frame) {
        if (listener === undefined) early.push(frame)
        else listener(frame)
      },
      closeHere() {
        if (closed) return
        closed = true
        channels.delete(id)
        for (const told of closeListeners.splice(0)) told()
      },
    }
    channels.set(id, end)
    return end
  }

  const accept = (id: number, called: string): boolean => {
    if (channels.has(id) || id % 2 === first % 2 || channels.size >= MAX_CHANNELS) return false
    const port = create(id)
    if (opened === undefined) waiting.push([called, port])
    else opened(called, port)
    return true
  }

  carrier.onFrame(raw => {
    const parsed = channelFrame.safeParse(raw)
    if (!parsed.success) return carrier.close()
    const frame = parsed.data
    switch (frame.t) {
      case 'open':
        if (!accept(frame.channel, frame.name)) carrier.close()
        return
      case 'frame':
        // A frame that crossed our close on its way belongs to nobody.
        return channels.get(frame.channel)?.deliver(frame.frame)
      case 'close':
        return channels.get(frame.channel)?.closeHere()
    }
  })
  carrier.onClose(() => {
    for (const each of [...channels.values()]) each.closeHere()
  })

  return {
    open(called) {
      const id = next
      next += 2
      post({ t: 'open', channel: id, name: called })
      return create(id)
    },
    onOpen(listener) {
      opened = listener
      for (const [called, port] of waiting.splice(0)) listener(called, port)
    },
  }
}
