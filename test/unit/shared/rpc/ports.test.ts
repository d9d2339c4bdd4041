import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { WebSocket, WebSocketServer } from 'ws'
import { createChannels } from '../../../../src/shared/rpc/channels.ts'
import { createMemoryPorts } from '../../../../src/shared/rpc/memory-port.ts'
import { createMessagePort } from '../../../../src/shared/rpc/message-port.ts'
import type { Port } from '../../../../src/shared/rpc/port.ts'
import { createChildProcessPort } from '../../../../src/shared/rpc/process-port.ts'
import { createWebSocketPort } from '../../../../src/shared/rpc/websocket-port.ts'
import { describePort } from '../../../helpers/port-compliance.ts'

describePort('memory', async () => {
  const [alice, bob] = createMemoryPorts()
  return { alice, bob, dispose: () => alice.close() }
})

describePort('a MessageChannel', async () => {
  const { port1, port2 } = new MessageChannel()
  const alice = createMessagePort(port1)
  const bob = createMessagePort(port2)
  return {
    alice,
    bob,
    dispose() {
      alice.close()
      bob.close()
    },
  }
})

describePort('a WebSocket', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  // Alice posts before her socket is open.
  const alice = createWebSocketPort(new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`))
  const [socket] = (await accepted) as [WebSocket]
  return {
    alice,
    bob: createWebSocketPort(socket),
    async dispose() {
      for (const client of server.clients) client.terminate()
      await new Promise(resolve => server.close(resolve))
    },
  }
})

describePort('a channel among others', async () => {
  const [one, other] = createMemoryPorts()
  const channels = createChannels(one, 1)
  channels.open('somebody else').post('noise')
  const opened = new Promise<Port>(resolve => {
    createChannels(other, 2).onOpen((name, port) => {
      if (name === 'alice and bob') resolve(port)
    })
  })
  const alice = channels.open('alice and bob')
  return { alice, bob: await opened, dispose: () => one.close() }
})

/** Bob's end is in a child process; what he does there is told over a second wire, see the entry's own text. */
describePort('the channel to a child process', async () => {
  const child = fork(fileURLToPath(new URL('../../../helpers/mirror-process.ts', import.meta.url)), [], {
    serialization: 'advanced',
  })
  const wire = createChildProcessPort(child)
  const channels = createChannels(wire, 1)
  // The child joins the two channels: what Alice posts comes out at Bob after both ways through the process.
  const alice = channels.open('alice')
  const bob = channels.open('bob')
  return {
    alice,
    bob,
    async dispose() {
      const exited = once(child, 'exit')
      wire.close()
      await exited
    },
  }
})
