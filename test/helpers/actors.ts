import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../../src/engine/index.ts'
import { type EngineClient, engineContract } from '../../src/shared/contract/engine.ts'
import type {
  Conversation,
  Group,
  Invitation,
  JoinRequest,
  Message,
  Person,
  Status,
} from '../../src/shared/contract/entities.ts'
import type { Change, FeedCursor } from '../../src/shared/contract/feed.ts'
import type { KeychainClient } from '../../src/shared/contract/keychain.ts'
import { type ConversationId, newMessageId as createId, type MessageId, type PersonId } from '../../src/shared/ids.ts'
import { createRpcClient } from '../../src/shared/rpc/client.ts'
import { createMemoryPorts } from '../../src/shared/rpc/memory-port.ts'

/** Milliseconds after which a state that never comes is reported together with the state that is there instead. */
const GIVE_UP_AFTER = 60_000

/** Milliseconds that the invitations of `invite` are good for. */
export const INVITED_FOR = 6 * 3_600_000

export const adminPassphrase = 'the keys of the office'

/** What a client's cache would hold, kept by the feed as a cache does. */
export interface Rows {
  people: Map<string, Person>
  groups: Map<string, Group>
  conversations: Map<string, Conversation>
  messages: Map<string, Message>
  joinRequests: Map<string, JoinRequest>
  invitations: Map<string, Invitation>
}

export interface Actor {
  readonly name: string
  readonly folder: string
  /** Milliseconds that this actor's clock is ahead. */
  readonly clock: { aheadBy: number }
  /** Lines of the engine's log, for a failing test. */
  readonly log: string[]
  client(): EngineClient
  /** The newest that was told. */
  status(): Status
  rows(): Rows
  /** Resolves with the first status that the predicate accepts, the one that is there now included. */
  until(what: string, accepts: (status: Status) => boolean): Promise<Status>
  /** The same for the rows; resolves with what `find` returns. */
  untilRows<T>(what: string, find: (rows: Rows) => T | undefined | false): Promise<T>
  /** Stops the engine and starts another on the same folder. */
  restart(): Promise<void>
  /** The same, without a network from then on. */
  restartAlone(): Promise<void>
  stop(): Promise<void>
}

export interface ActorOptions {
  /** UDP port of discovery: actors find each other on the same one only. */
  discoveryPort: number
  folder?: string
  keychain?: KeychainClient | null
  unprotected?: boolean
  /** 'off': reached by addresses alone. */
  discovery?: 'loopback' | 'off'
}

/** UDP ports for the discovery of the tests of one worker, one after the other from somewhere among them. */
const PORTS_OF_A_WORKER = 2_000
const MAX_WORKERS = 8
const firstPort = 43_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % MAX_WORKERS) * PORTS_OF_A_WORKER
let portsTaken = Math.floor(Math.random() * PORTS_OF_A_WORKER)

/** A port of this test's own, so that tests beside it are not met. */
export const ownDiscoveryPort = (): number => firstPort + (portsTaken++ % PORTS_OF_A_WORKER)

const emptyRows = (): Rows => ({
  people: new Map(),
  groups: new Map(),
  conversations: new Map(),
  messages: new Map(),
  joinRequests: new Map(),
  invitations: new Map(),
})

const tableOf = (rows: Rows, kind: Change['kind']): Map<string, unknown> =>
  ({
    person: rows.people,
    group: rows.groups,
    conversation: rows.conversations,
    message: rows.messages,
    joinRequest: rows.joinRequests,
    invitation: rows.invitations,
  })[kind]

const takeOver = (rows: Rows, { kind, id, value }: Change) => {
  if (value === null) tableOf(rows, kind).delete(id)
  else tableOf(rows, kind).set(id, value)
}

/** A whole engine with a client on it. Gone, with its folder, after the test. */
export const startActor = async (name: string, options: ActorOptions): Promise<Actor> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), `lanyard-${name.toLowerCase()}-`))
  const clock = { aheadBy: 0 }
  const log: string[] = []
  const waiting = new Set<() => void>()
  const write = (level: string) => (details: object, message: string) => {
    log.push(
      `${level} ${message} ${JSON.stringify(details, (_, value) => (value instanceof Error ? value.stack : value))}`,
    )
  }
  let engine: Engine | undefined
  let client: EngineClient | undefined
  let status: Status | undefined
  let rows = emptyRows()

  const wake = () => {
    for (const look of [...waiting]) look()
  }

  const startPulling = (from: EngineClient) => {
    let cursor: FeedCursor | null = null
    let isDue = false
    let isPulling = false
    const pull = async () => {
      isDue = true
      if (isPulling) return
      isPulling = true
      while (isDue && client === from) {
        isDue = false
        const page = await from.call('feed.pull', { after: cursor }).catch(() => undefined)
        if (page === undefined) break // locked or stopped meanwhile
        if (page.snapshot) rows = emptyRows()
        for (const change of page.changes) takeOver(rows, change)
        cursor = page.cursor
        if (page.more) isDue = true
        wake()
      }
      isPulling = false
    }
    from.on('feed.advanced', () => void pull())
    return pull
  }

  const start = async (isOn = true) => {
    engine = await createEngine({
      folder,
      keychain: options.keychain ?? null,
      unprotected: options.unprotected ?? true,
      network: {
        isOn,
        discovery: options.discovery ?? 'loopback',
        discoveryPort: options.discoveryPort,
        listen: { hosts: ['127.0.0.1'] },
      },
      log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
      now: () => Date.now() + clock.aheadBy,
      deviceName: `${name}'s PC`,
    })
    const [ours, theirs] = createMemoryPorts()
    engine.serve(theirs)
    const fresh = createRpcClient(engineContract, ours)
    client = fresh
    rows = emptyRows()
    const pull = startPulling(fresh)
    let state: Status['profile']['state'] | undefined
    const onStatus = (next: Status) => {
      status = next
      if (state !== 'open' && next.profile.state === 'open') void pull()
      state = next.profile.state
      wake()
    }
    fresh.on('status.changed', onStatus)
    onStatus(await fresh.call('status.get', {}))
  }

  const stop = async () => {
    const stopping = engine
    engine = undefined
    client?.close()
    client = undefined
    await stopping?.stop()
  }

  const wait = <T>(what: string, find: () => T | undefined | false): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = find()
        if (found === undefined || found === false) return
        end()
        resolve(found)
      }
      const timer = setTimeout(() => {
        end()
        reject(
          new Error(
            `${name} waits in vain for ${what}.\n${JSON.stringify(status, null, 1)}\n${log.slice(-20).join('\n')}`,
          ),
        )
      }, GIVE_UP_AFTER)
      const end = () => {
        clearTimeout(timer)
        waiting.delete(look)
      }
      waiting.add(look)
      look()
    })

  const current = (): EngineClient => {
    if (client === undefined) throw new Error(`${name} is not running`)
    return client
  }

  await start()
  onTestFinished(async () => {
    await stop()
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  })

  return {
    name,
    folder,
    clock,
    log,
    client: current,
    status() {
      if (status === undefined) throw new Error(`${name} has no status yet`)
      return status
    },
    rows: () => rows,
    until: (what, accepts) => wait(what, () => status !== undefined && accepts(status) && status),
    untilRows: (what, find) => wait(what, () => find(rows)),
    async restart() {
      await stop()
      await start()
    },
    async restartAlone() {
      await stop()
      await start(false)
    },
    stop,
  }
}

/** A profile without protection and an organisation with this actor as its administrator. */
export const foundOrganisation = async (actor: Actor, organisation = 'Hafen & Co'): Promise<readonly string[]> => {
  await actor.client().call('profile.create', { passphrase: null })
  await actor
    .client()
    .call('organisation.found', { organisation, name: actor.name, title: 'Office', passphrase: adminPassphrase })
  await actor.until('an organisation', ({ organisation: own }) => own !== null)
  const { words } = await actor.client().call('recovery.words', {})
  await actor.client().call('recovery.confirm', {})
  return words
}

export const invite = async (admin: Actor, name: string): Promise<string> => {
  const details = { name, title: 'Sales', department: 'North', email: '', phone: '' }
  const { link } = await admin.client().call('invitation.create', { ...details, lifetime: INVITED_FOR })
  return link
}

/** From the empty profile to the request that the administrator sees. */
export const askToJoin = async (actor: Actor, link: string): Promise<void> => {
  // asked, not told: news of a profile that was just made may still be on its way
  const { profile } = await actor.client().call('status.get', {})
  if (profile.state === 'empty') await actor.client().call('profile.create', { passphrase: null })
  await actor.client().call('join.start', { link, deviceName: `${actor.name}'s PC` })
}

export const approve = async (admin: Actor, name: string): Promise<void> => {
  const { id, invitationId, words } = await admin.untilRows(`a request of ${name}`, ({ joinRequests }) =>
    [...joinRequests.values()].find(each => each.name === name),
  )
  await admin.client().call('request.approve', { id, invitationId, words })
}

/** Invited, asked, approved, and a member. */
export const joinOrganisation = async (admin: Actor, actor: Actor): Promise<void> => {
  await askToJoin(actor, await invite(admin, actor.name))
  await approve(admin, actor.name)
  await actor.until('membership', ({ organisation }) => organisation !== null)
}

export const idOf = (actor: Actor): PersonId => {
  const self = actor.status().organisation?.self
  if (self === undefined) throw new Error(`${actor.name} has no organisation`)
  return self
}

export const untilOnline = (actor: Actor, other: Actor): Promise<Status> => {
  const id = idOf(other)
  return actor.until(`${other.name} online`, ({ online }) => online.includes(id))
}

export const openConversation = async (actor: Actor, other: Actor): Promise<ConversationId> =>
  (await actor.client().call('conversation.open', { personId: idOf(other) })).id

/** As the renderer makes them. */
export const newMessageId = (): MessageId => createId(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

export const say = async (actor: Actor, other: Actor, text: string): Promise<Message> => {
  const conversationId = await openConversation(actor, other)
  return (await actor.client().call('message.send', { id: newMessageId(), conversationId, text })).message
}
