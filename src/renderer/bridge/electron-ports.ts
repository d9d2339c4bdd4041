import { LanyardError } from '../../shared/errors.ts'
import { createMessagePort } from '../../shared/rpc/message-port.ts'
import { PORTS_HERE, PORTS_WANTED } from '../../shared/shell-handshake.ts'
import type { ShellPorts } from './shell-ports.ts'

/** Milliseconds: starting the engine's process takes one or two seconds on a slow PC. */
const PORTS_TIMEOUT = 20_000

/** Asks the preload for a pair of MessagePorts and takes them from the window's own message event. */
export const connectElectron = (page: Window): Promise<ShellPorts> =>
  new Promise((resolve, reject) => {
    const finish = (then: () => void) => {
      clearTimeout(timer)
      page.removeEventListener('message', receive)
      then()
    }
    const receive = (event: MessageEvent<unknown>) => {
      const { data, ports, source } = event
      if (source !== page || typeof data !== 'object' || data === null) return
      if (!('type' in data) || data.type !== PORTS_HERE) return
      const [engine, host] = ports
      if (engine === undefined || host === undefined) return
      finish(() =>
        resolve({ engine: createMessagePort(engine), host: createMessagePort(host), isRefused: () => false }),
      )
    }
    const timer = setTimeout(
      () => finish(() => reject(new LanyardError('timeout', 'The shell gave no ports', { retryable: true }))),
      PORTS_TIMEOUT,
    )
    page.addEventListener('message', receive)
    page.postMessage({ type: PORTS_WANTED }, page.location.origin === 'null' ? '*' : page.location.origin)
  })
