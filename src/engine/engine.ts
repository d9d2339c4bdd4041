import { hostname } from 'node:os'
import type { CryptoProvider } from '../crypto/index.ts'
import { engineContract } from '../shared/contract/engine.ts'
import type { KeychainClient } from '../shared/contract/keychain.ts'
import { MAX_NAME_CHARACTERS } from '../shared/limits.ts'
import type { Log } from '../shared/log.ts'
import type { Port } from '../shared/rpc/port.ts'
import { type RpcServer, serveRpc } from '../shared/rpc/server.ts'
import { createApi } from './api.ts'
import { createEngineCore } from './engine-core.ts'
import { createNativeProvider } from './native-crypto.ts'
import { takeExclusiveUse } from './profile/exclusive-use.ts'
import { createProfile } from './profile/profile.ts'
import type { NetworkOptions } from './session-network.ts'
import { createStatusNews } from './status/status-news.ts'

export interface EngineInit {
  /** The profile's folder; made when it is not there. */
  folder: string
  /** Null where the shell has no OS keychain. */
  keychain: KeychainClient | null
  /** Development and demonstration only: without passphrase and keychain the key lies in the folder, and the status says so. */
  unprotected?: boolean
  network: NetworkOptions
  log: Log
  /** Milliseconds since 1970. */
  now?: () => number
  provider?: CryptoProvider
  /** What this PC is called; its host name unless given. */
  deviceName?: string
}

export interface Engine {
  /** Serves one client over the engine contract. Any number of clients at a time; each ends with its port. */
  serve(port: Port): void
  /** Locks the profile, lets the clients go and frees the folder. */
  stop(): Promise<void>
}

/**
 * The whole application without a window. Takes the profile folder for itself and opens the profile where that needs
 * nobody at the screen. Throws `profile-in-use`; what else is wrong with the profile stands in the status.
 */
export const createEngine = async (init: EngineInit): Promise<Engine> => {
  const { folder, keychain, unprotected = false, network, log } = init
  const onFallback = (kind: string, error: unknown) => log.info({ kind, error }, 'a primitive stays with noble')
  const { now = Date.now, provider = createNativeProvider({ onFallback }), deviceName = hostname() } = init
  const use = takeExclusiveUse(folder)
  const core = createEngineCore({
    profile: createProfile({ folder, keychain, unprotected, provider }),
    provider,
    network,
    deviceName: deviceName.slice(0, MAX_NAME_CHARACTERS) || 'PC',
    now,
    log,
  })
  const clients = new Set<RpcServer<typeof engineContract>>()
  const api = createApi(core)
  const onBug = (error: unknown, call: string) => log.error({ error, call }, 'a call failed by a bug')

  const news = createStatusNews({
    read: core.status,
    tell: status => {
      for (const client of clients) client.emit('status.changed', status)
    },
    onBug: error => onBug(error, 'status.changed'),
  })
  core.onStatusChanged(news.changed)
  core.onFeedAdvanced(cursor => {
    for (const client of clients) client.emit('feed.advanced', cursor)
  })
  core.onReceived(received => {
    for (const client of clients) client.emit('message.received', received)
  })
  core.onAsked(asked => {
    for (const client of clients) client.emit('administrator.asked', asked)
  })
  try {
    await core.openByItself()
  } catch (error) {
    use.release()
    throw error
  }

  return {
    serve(port) {
      const client = serveRpc(engineContract, port, api, { onBug })
      clients.add(client)
      client.onClose(() => clients.delete(client))
    },
    async stop() {
      try {
        await core.lock()
      } finally {
        for (const client of [...clients]) client.close()
        use.release()
      }
    },
  }
}
