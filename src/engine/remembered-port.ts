import type { RememberedPort } from '../p2p/index.ts'
import type { Log } from '../shared/log.ts'
import { readMeta, writeMeta } from './storage/documents.ts'
import type { Store } from './storage/store.ts'

const MAX_PORT = 65_535

/** The TCP port of the last start. Without it the network takes any, so that nothing here may stop it. */
export const createRememberedPort = (store: Store, log: Log): RememberedPort => ({
  load() {
    const port = Number(readMeta(store, 'listen-port'))
    return Number.isInteger(port) && port > 0 && port <= MAX_PORT ? port : undefined
  },
  save(port) {
    store
      .write(tx => writeMeta(tx, 'listen-port', String(port)))
      .catch((error: unknown) => log.warn({ port, error }, 'the port could not be remembered'))
  },
})
