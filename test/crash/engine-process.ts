import { createHash } from 'node:crypto'
import { createEngine } from '../../src/engine/index.ts'
import { engineContract } from '../../src/shared/contract/engine.ts'
import type { Message } from '../../src/shared/contract/entities.ts'
import type { ConversationId, MessageId, PersonId } from '../../src/shared/ids.ts'
import { createRpcClient } from '../../src/shared/rpc/client.ts'
import { createMemoryPorts } from '../../src/shared/rpc/memory-port.ts'

/** One engine in a process that may be killed at any moment. It takes orders and tells what it sees over Node's IPC. */
export interface Setup {
  folder: string
  discoveryPort: number
  name: string
  peer: PersonId
}

export type Order =
  /** See to it that this person's messages 1 to `upTo` are written. */
  | { do: 'write'; upTo: number }
  /** Tell when that many messages of this person are delivered. */
  | { do: 'await-delivery'; count: number }
  | { do: 'list' }

export type News =
  | { is: 'open' }
  | { is: 'online' }
  | { is: 'written'; upTo: number }
  | { is: 'delivered'; count: number }
  | { is: 'list'; messages: Message[]; unread: number }

const PAGE = 500

const tell = (news: News) => process.send?.(news)

const setup = JSON.parse(process.argv[2] ?? '{}') as Setup
const silent = () => undefined

/** The same message has the same id in every life of the process. */
const messageId = (number: number) =>
  createHash('sha256').update(`${setup.name} ${number}`).digest('hex').slice(0, 32) as MessageId

const engine = await createEngine({
  folder: setup.folder,
  keychain: null,
  unprotected: true,
  network: { discovery: 'loopback', discoveryPort: setup.discoveryPort, listen: { hosts: ['127.0.0.1'] } },
  log: {
    debug: silent,
    info: silent,
    warn: silent,
    error: (details, text) => console.error(setup.name, text, details),
  },
})
const [ours, theirs] = createMemoryPorts()
engine.serve(theirs)
const client = createRpcClient(engineContract, ours)
const { id: conversationId } = await client.call('conversation.open', { personId: setup.peer })

const allMessages = async (conversation: ConversationId): Promise<Message[]> => {
  const all: Message[] = []
  for (let more = true; more; ) {
    const before = all.at(-1)?.order ?? null
    const page = await client.call('message.page', { conversationId: conversation, before, limit: PAGE })
    all.push(...page.messages)
    more = page.more
  }
  return all
}

const write = async (upTo: number): Promise<void> => {
  const own = new Set((await allMessages(conversationId)).map(({ id }) => id))
  const missing = Array.from({ length: upTo }, (_, i) => i + 1).filter(number => !own.has(messageId(number)))
  await Promise.all(
    missing.map(number =>
      client.call('message.send', { id: messageId(number), conversationId, text: `${setup.name} ${number}` }),
    ),
  )
  tell({ is: 'written', upTo })
}

const deliveredOwn = async (): Promise<number> =>
  (await allMessages(conversationId)).filter(({ state }) => state === 'delivered' || state === 'read').length

const awaitDelivery = (count: number): void => {
  const look = async () => {
    if ((await deliveredOwn()) < count) return
    stop()
    tell({ is: 'delivered', count })
  }
  const stop = client.on('feed.advanced', () => void look())
  void look()
}

const list = async (): Promise<void> => {
  const { changes } = await client.call('feed.pull', { after: null })
  const conversation = changes.find(({ kind }) => kind === 'conversation')
  const unread = conversation?.kind === 'conversation' ? (conversation.value?.unread ?? 0) : 0
  tell({ is: 'list', messages: (await allMessages(conversationId)).reverse(), unread })
}

process.on('message', (order: Order) => {
  switch (order.do) {
    case 'write':
      void write(order.upTo)
      return
    case 'await-delivery':
      awaitDelivery(order.count)
      return
    case 'list':
      void list()
      return
  }
})
process.on('disconnect', () => process.exit())

let isOnline = false
const noteOnline = ({ online }: { online: readonly PersonId[] }) => {
  const now = online.includes(setup.peer)
  if (now && !isOnline) tell({ is: 'online' })
  isOnline = now
}
client.on('status.changed', noteOnline)
tell({ is: 'open' })
noteOnline(await client.call('status.get', {}))
