import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'

/** The other end of the baseline: sends back what comes on a stream. */
export const ECHO = '/lanyard/bench/echo/1'

export const createBareNode = () =>
  createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
  })

if (process.argv[1] === import.meta.filename) {
  const node = await createBareNode()
  await node.handle(ECHO, stream => {
    stream.addEventListener('message', ({ data }) => stream.send(data))
  })
  process.on('disconnect', () => process.exit())
  process.send?.(node.getMultiaddrs().map(String))
}
