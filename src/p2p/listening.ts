import type { ConnectionGater, PrivateKey } from '@libp2p/interface'
import type { Listener } from './discovery/interfaces.ts'
import type { NetworkInit } from './network-face.ts'
import { type StartedNode, startNode } from './node/libp2p-node.ts'

const listenAddresses = ({ discovery, listen = {} }: NetworkInit, port: number) =>
  (listen.hosts ?? (discovery === 'loopback' ? ['127.0.0.1'] : ['0.0.0.0', '::'])).map(
    host => `/ip${host.includes(':') ? 6 : 4}/${host}/tcp/${port}`,
  )

/** Listens on the port of the last start, so that firewall rules and what others remember stay good, or on any other. */
export const startListening = async (
  init: NetworkInit,
  privateKey: PrivateKey,
  gater: ConnectionGater,
): Promise<StartedNode> => {
  const fixed = init.listen?.port
  const port = fixed ?? init.rememberedPort?.load() ?? 0
  const start = (at: number) => startNode({ privateKey, listen: listenAddresses(init, at), gater })
  const node = await start(port).catch(async (error: unknown) => {
    if (port === 0) throw error
    init.log.warn({ port }, 'the port is taken, another one is used')
    return await start(0)
  })
  // families may have got different ones at first; the next start takes this one for both
  const bound = node.listeners[0]?.port
  if (fixed === undefined && bound !== undefined && bound !== port) init.rememberedPort?.save(bound)
  return node
}

/** Own addresses without discovery, which would know the interfaces: those of listeners that name their host. */
export const fixedAddresses = (listeners: readonly Listener[]): string[] =>
  listeners
    .filter(({ host }) => host !== '0.0.0.0' && host !== '::')
    .map(({ family, host, port }) => `/ip${family}/${host}/tcp/${port}`)
