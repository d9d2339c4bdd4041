import { createStore, type StoreApi } from 'zustand/vanilla'
import { type EngineClient, engineContract } from '../shared/contract/engine.ts'
import type { Status } from '../shared/contract/entities.ts'
import { type HostClient, type HostInfo, hostContract, type Settings } from '../shared/contract/host.ts'
import { isLanyardError, LanyardError } from '../shared/errors.ts'
import { createRpcClient } from '../shared/rpc/client.ts'
import type { ConnectShell, ShellPorts } from './bridge/shell-ports.ts'
import { createCacheKeeper } from './cache-keeper.ts'
import type { CacheDatabase } from './db/schema.ts'

/** Milliseconds between two tries to reach the shell again; the last one stays. */
const RECONNECT_AFTER = [300, 1_000, 2_000, 5_000]

export interface SessionState {
  /** `refused`: the shell does not know this page; only opening Lanyard anew helps. */
  readonly connection: 'connecting' | 'open' | 'lost' | 'refused'
  readonly status: Status | null
  readonly info: HostInfo | null
  readonly settings: Settings | null
  /** Open from the unlocking of the profile until its locking. */
  readonly cache: CacheDatabase | null
}

export interface Session {
  readonly store: StoreApi<SessionState>
  /** Reject with `port-closed` while there is no connection. */
  readonly engine: EngineClient['call']
  readonly host: HostClient['call']
  /** Listeners survive a lost connection. */
  onHostEvent: HostClient['on']
}

export interface SessionInit {
  readonly connect: ConnectShell
  onBug(error: unknown): void
}

const noConnection = () => new LanyardError('port-closed', 'There is no connection to the engine', { retryable: true })

/** The page's life with its shell: connects, follows the status, opens and closes the cache, connects again. */
export const startSession = ({ connect, onBug }: SessionInit): Session => {
  const store = createStore<SessionState>(() => ({
    connection: 'connecting',
    status: null,
    info: null,
    settings: null,
    cache: null,
  }))
  const hostListeners = new Set<(host: HostClient) => void>()
  const keeper = createCacheKeeper({ onChange: change => store.setState(change), onBug })
  let engine: EngineClient | undefined
  let host: HostClient | undefined
  let tries = 0

  const takeStatus = (client: EngineClient, status: Status) => {
    store.setState({ status })
    keeper.follow(client, status)
  }

  const retryLater = (isRefused: boolean) => {
    keeper.pause()
    if (isRefused) return store.setState({ connection: 'refused' })
    store.setState(({ status }) => ({ connection: status === null ? 'connecting' : 'lost' }))
    const delay = RECONNECT_AFTER[Math.min(tries++, RECONNECT_AFTER.length - 1)]
    setTimeout(() => void run(), delay)
  }

  const greet = async (ports: ShellPorts): Promise<void> => {
    const newEngine = createRpcClient(engineContract, ports.engine)
    const newHost = createRpcClient(hostContract, ports.host)
    engine = newEngine
    host = newHost
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      newEngine.close()
      newHost.close()
      retryLater(ports.isRefused())
    }
    newEngine.onClose(end)
    newHost.onClose(end)
    newEngine.on('status.changed', status => takeStatus(newEngine, status))
    newHost.on('settings.changed', settings => store.setState({ settings }))
    for (const listen of hostListeners) listen(newHost)
    const [status, info, settings] = await Promise.all([
      newEngine.call('status.get', {}),
      newHost.call('host.info', {}),
      newHost.call('settings.get', {}),
    ])
    tries = 0
    store.setState({ connection: 'open', info, settings })
    takeStatus(newEngine, status)
  }

  const run = async (): Promise<void> => {
    let ports: ShellPorts
    try {
      ports = await connect()
    } catch (error) {
      // Without a session there is nothing to try again; anything else (no ports yet, no answer) may pass.
      return retryLater(isLanyardError(error) && error.code === 'port-closed' && !error.retryable)
    }
    // A greeting that fails closes the clients, and with that comes the next try.
    await greet(ports).catch((error: unknown) => {
      if (isLanyardError(error) && error.code === 'port-closed') return
      onBug(error)
      engine?.close()
    })
  }
  void run()

  return {
    store,
    engine: (name, input, options) =>
      engine === undefined ? Promise.reject(noConnection()) : engine.call(name, input, options),
    host: (name, input, options) =>
      host === undefined ? Promise.reject(noConnection()) : host.call(name, input, options),
    onHostEvent(name, listener) {
      let unsubscribe: (() => void) | undefined
      const listen = (client: HostClient) => {
        unsubscribe = client.on(name, listener)
      }
      hostListeners.add(listen)
      if (host !== undefined) listen(host)
      return () => {
        hostListeners.delete(listen)
        unsubscribe?.()
      }
    },
  }
}
