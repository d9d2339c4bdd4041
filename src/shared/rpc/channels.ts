import * as z from 'zod/mini'
import type { Port } from './port.ts'
import { createPortEnd, type PortEnd } from './port-end.ts'

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

type Channel = Pick<PortEnd, 'deliver' | 'closeHere'>

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

  const create = (id: number): Port => {
    const end = createPortEnd()
    const closeHere = () => {
      channels.delete(id)
      end.closeHere()
    }
    channels.set(id, { deliver: end.deliver, closeHere })
    return {
      post(frame) {
        if (!end.isClosed()) post({ t: 'frame', channel: id, frame })
      },
      onFrame: end.onFrame,
      onClose: end.onClose,
      close() {
        if (end.isClosed()) return
        post({ t: 'close', channel: id })
        closeHere()
      },
    }
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
