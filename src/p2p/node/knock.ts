import { connect } from 'node:net'

/**
 * Whether anybody listens at a multiaddr: a TCP connection that is closed at once. Cheaper than a dial, and it fails in
 * time: a dial into a network that is down goes on waiting for seconds after the network is back.
 */
export const knock = (address: string, timeout: number): Promise<boolean> =>
  new Promise(resolve => {
    const [, , host = '', , port] = address.split('/')
    const socket = connect({ host, port: Number(port), autoSelectFamily: false })
    const settle = (isOpen: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isOpen)
    }
    // on a busy machine the answer may be there already and only wait to be read: that comes before the immediate
    const timer = setTimeout(() => setImmediate(settle, false), timeout)
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
