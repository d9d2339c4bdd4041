export interface NetworkStatus {
  /** `offline`: no usable interface; `searching`: nobody is connected; `connected`: somebody is. */
  state: 'stopped' | 'offline' | 'searching' | 'connected'
  /** Names of the interfaces that discovery uses. */
  interfaces: string[]
  /** Those on which not even our own packets come back: a firewall blocks UDP 5353. */
  deafInterfaces: string[]
}

export interface StatusInput {
  isRunning: boolean
  connections: number
  /** Undefined when discovery is off. */
  interfaces: string[] | undefined
  deafInterfaces: string[]
}

export const statusOf = ({ isRunning, connections, interfaces, deafInterfaces }: StatusInput): NetworkStatus => {
  const hasNetwork = interfaces === undefined || interfaces.length > 0
  const state = !isRunning ? 'stopped' : connections > 0 ? 'connected' : hasNetwork ? 'searching' : 'offline'
  return { state, interfaces: interfaces ?? [], deafInterfaces }
}

export const isSameStatus = (a: NetworkStatus, b: NetworkStatus): boolean => JSON.stringify(a) === JSON.stringify(b)
