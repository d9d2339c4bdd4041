import { createEngine } from '../engine/index.ts'
import { keychainContract } from '../shared/contract/keychain.ts'
import type { EngineStart } from '../shared/engine-process.ts'
import type { Log } from '../shared/log.ts'
import { createRpcClient } from '../shared/rpc/client.ts'
import { createMemoryPorts } from '../shared/rpc/memory-port.ts'
import type { Port } from '../shared/rpc/port.ts'
import type { RunningEngine } from './engine-process.ts'

/**
 * The engine inside main, for macOS: there the permission for the local network belongs to the app itself, and whether
 * a helper process shares it is not certain.
 */
export const startEngineHere = async (
  { folder, hasKeychain, unprotected, isOnline, discovery, discoveryPort }: EngineStart,
  serveKeychain: (port: Port) => void,
  log: Log,
): Promise<RunningEngine> => {
  const keychain = () => {
    const [shellEnd, engineEnd] = createMemoryPorts()
    serveKeychain(shellEnd)
    return createRpcClient(keychainContract, engineEnd)
  }
  const engine = await createEngine({
    folder,
    keychain: hasKeychain ? keychain() : null,
    unprotected,
    network: { isOn: isOnline, discovery, ...(discoveryPort === null ? {} : { discoveryPort }) },
    log,
  })
  return {
    connect() {
      const [clientEnd, engineEnd] = createMemoryPorts()
      engine.serve(engineEnd)
      return clientEnd
    },
    stop: () => engine.stop(),
    onEnd: () => undefined,
  }
}
