import { LanyardError } from '../shared/errors.ts'
import { createInTurn } from '../shared/in-turn.ts'
import { createEmitter } from './events.ts'
import type { Network, NetworkEvents, NetworkInit } from './network-face.ts'
import { createOffences } from './node/offences.ts'
import type { RequestHandler, RequestProtocol } from './node/requests.ts'
import { isSameStatus, statusOf } from './node/status.ts'
import { type RunningNetwork, startRunning } from './running-network.ts'

/** The network of one device: libp2p, LAN discovery, admission, sessions and redial behind one face. */
export const createNetwork = (init: NetworkInit): Network => {
  const emitter = createEmitter<NetworkEvents>()
  const handlers = new Map<RequestProtocol, RequestHandler>()
  const offences = createOffences(() => performance.now())
  let running: RunningNetwork | undefined
  let lastStatus = statusOf({ isRunning: false, connections: 0, interfaces: undefined, deafInterfaces: [] })

  const updateStatus = () => {
    const status = statusOf({
      isRunning: running !== undefined,
      connections: running?.sessions.connected().length ?? 0,
      interfaces: running?.discovery?.interfaceNames(),
      deafInterfaces: running?.discovery?.deafInterfaces() ?? [],
    })
    if (isSameStatus(status, lastStatus)) return
    lastStatus = status
    emitter.emit('status', status)
  }
  const started = (): RunningNetwork => {
    if (running === undefined)
      throw new LanyardError('network-failed', 'The network is not started', { retryable: true })
    return running
  }
  const inTurn = createInTurn()

  return {
    on: emitter.on,
    start: () =>
      inTurn(async () => {
        if (running !== undefined) return
        running = await startRunning(init, { emitter, offences, updateStatus })
        for (const [protocol, handler] of handlers) await running.requests.handle(protocol, handler)
        running.begin()
        updateStatus()
      }),
    stop: () =>
      inTurn(async () => {
        await running?.stop()
        running = undefined
        updateStatus()
      }),
    refresh: () => running?.refresh(),
    admissionChanged: () => running?.admissionChanged(),
    revoke: device => running?.revoke(device),
    offend: (device, what) => running?.offend(device, what),
    connected: () => running?.sessions.connected() ?? [],
    status: () => lastStatus,
    addresses: () => running?.addresses() ?? [],
    dial: async (device, addresses = [], signal) => started().dial(device, addresses, signal),
    send: (device, frame) => running?.sessions.channel(device)?.send(frame) ?? false,
    canSend: device => running?.sessions.channel(device)?.canSend ?? false,
    async request(device, protocol, bytes, signal) {
      for await (const answer of started().requests.ask(device, protocol, bytes, signal)) return answer
      throw new LanyardError('network-failed', 'The device closed without an answer', { retryable: true })
    },
    requestAll: (device, protocol, bytes, signal) => started().requests.ask(device, protocol, bytes, signal),
    handle(protocol, handler) {
      handlers.set(protocol, handler)
      void running?.requests.handle(protocol, handler)
    },
  }
}
