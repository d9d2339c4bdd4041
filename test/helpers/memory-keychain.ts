import { type KeychainClient, keychainContract } from '../../src/shared/contract/keychain.ts'
import { createRpcClient } from '../../src/shared/rpc/client.ts'
import { createMemoryPorts } from '../../src/shared/rpc/memory-port.ts'
import { serveRpc } from '../../src/shared/rpc/server.ts'

export interface MemoryKeychain {
  client: KeychainClient
  /** What it holds; a test may take it away or put another key there. */
  held: { key: Uint8Array | null }
}

/** A keychain as the desktop shell serves it, over a real port, that forgets everything with the test. */
export const createMemoryKeychain = ({ available = true } = {}): MemoryKeychain => {
  const held: MemoryKeychain['held'] = { key: null }
  const [served, used] = createMemoryPorts()
  serveRpc(
    keychainContract,
    served,
    {
      'keychain.status': () => ({ available }),
      'keychain.load': () => ({ key: held.key?.slice() ?? null }),
      'keychain.store': ({ key }) => {
        held.key = key
        return {}
      },
      'keychain.forget': () => {
        held.key = null
        return {}
      },
    },
    {
      onBug: error => {
        throw error
      },
    },
  )
  return { client: createRpcClient(keychainContract, used), held }
}
