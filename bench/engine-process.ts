import { createEngine } from '../src/engine/index.ts'
import { type EngineCall, engineContract } from '../src/shared/contract/engine.ts'
import type { JoinRequest, Status } from '../src/shared/contract/entities.ts'
import { type ConversationId, type MessageId, newMessageId, type PersonId } from '../src/shared/ids.ts'
import { createRpcClient } from '../src/shared/rpc/client.ts'
import { createMemoryPorts } from '../src/shared/rpc/memory-port.ts'

/** One engine with one client in a process of its own; what is timed is timed here, beside the client. */
export interface Setup {
  folder: string
  discoveryPort: number
}

export type Order =
  | { do: 'call'; name: EngineCall; input: unknown }
  | { do: 'await-status'; has: 'member' | 'colleague-online' | 'request' }
  /** Milliseconds from the call until the message is delivered, one message after the other. */
  | { do: 'latency'; peer: PersonId; count: number }
  /** Milliseconds until so many messages, all asked for at once, are delivered. */
  | { do: 'burst'; peer: PersonId; count: number }
  | { do: 'leave' }

export type Answer = { ok: true; value: unknown } | { ok: false; error: string }

/** Calls that are open at once: below the port's bound of 1,024. */
const CALLS_AT_ONCE = 512

const TEXT = 'Could you have a look at the figures of the third quarter before we talk to the bank on Thursday?'

const setup = JSON.parse(process.argv[2] ?? '{}') as Setup
const silent = () => undefined
const createdAt = performance.now()
const engine = await createEngine({
  folder: setup.folder,
  keychain: null,
  unprotected: true,
  network: { discovery: 'loopback', discoveryPort: setup.discoveryPort, listen: { hosts: ['127.0.0.1'] } },
  log: { debug: silent, info: silent, warn: silent, error: (details, text) => console.error(text, details) },
})
const [ours, theirs] = createMemoryPorts()
engine.serve(theirs)
const client = createRpcClient(engineContract, ours)
let status: Status = await client.call('status.get', {})
const readyAfter = performance.now() - createdAt

/** As the renderer makes them. */
const nextId = (): MessageId => newMessageId(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

const awaitStatus = (accepts: (status: Status) => boolean): Promise<void> =>
  new Promise(resolve => {
    const look = () => {
      if (!accepts(status)) return
      stop()
      resolve()
    }
    const stop = client.on('status.changed', next => {
      status = next
      look()
    })
    look()
  })

const awaitRequest = async (): Promise<JoinRequest> => {
  for (;;) {
    const { changes } = await client.call('feed.pull', { after: null })
    const request = changes.find(change => change.kind === 'joinRequest' && change.value !== null)
    if (request?.kind === 'joinRequest' && request.value !== null) return request.value
    await new Promise<void>(resolve => {
      const stop = client.on('feed.advanced', () => {
        stop()
        resolve()
      })
    })
  }
}

/** Resolves when the newest message of the conversation is this one and is delivered. */
const awaitDelivery = (conversationId: ConversationId, id: MessageId): Promise<void> =>
  new Promise(resolve => {
    const look = async () => {
      const { messages } = await client.call('message.page', { conversationId, before: null, limit: 1 })
      if (messages[0]?.id !== id || messages[0].state !== 'delivered') return
      stop()
      resolve()
    }
    const stop = client.on('feed.advanced', () => void look())
    void look()
  })

const openConversation = async (peer: PersonId): Promise<ConversationId> =>
  (await client.call('conversation.open', { personId: peer })).id

const latency = async (peer: PersonId, count: number): Promise<number[]> => {
  const conversationId = await openConversation(peer)
  const took: number[] = []
  for (let n = 0; n < count; n++) {
    const id = nextId()
    const startedAt = performance.now()
    await client.call('message.send', { id, conversationId, text: TEXT })
    await awaitDelivery(conversationId, id)
    took.push(performance.now() - startedAt)
  }
  return took
}

const burst = async (peer: PersonId, count: number): Promise<number> => {
  const conversationId = await openConversation(peer)
  const startedAt = performance.now()
  let id = nextId()
  for (let sent = 0; sent < count; ) {
    const calls = Array.from({ length: Math.min(CALLS_AT_ONCE, count - sent) }, () => {
      id = nextId()
      return client.call('message.send', { id, conversationId, text: TEXT })
    })
    sent += calls.length
    await Promise.all(calls)
  }
  await awaitDelivery(conversationId, id)
  return performance.now() - startedAt
}

const carryOut = async (order: Order): Promise<unknown> => {
  switch (order.do) {
    case 'call':
      return client.call(order.name, order.input as never)
    case 'await-status':
      if (order.has === 'request') return awaitRequest()
      await awaitStatus(({ organisation, online }) =>
        order.has === 'member' ? organisation !== null : online.length > 0,
      )
      return status
    case 'latency':
      return latency(order.peer, order.count)
    case 'burst':
      return burst(order.peer, order.count)
    case 'leave':
      await engine.stop()
      return undefined
  }
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    value => process.send?.({ ok: true, value } satisfies Answer),
    (error: unknown) => process.send?.({ ok: false, error: String(error) } satisfies Answer),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ ok: true, value: readyAfter } satisfies Answer)
