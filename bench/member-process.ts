import { join } from 'node:path'
import { createNativeProvider } from '../src/engine/native-crypto.ts'
import { openSession } from '../src/engine/session.ts'
import { type ListEdit, prepareList, publishList, signList } from '../src/org/index.ts'

/** An open profile of a member in a process of its own, which times when lists are signed and when they are in force. */
export interface MemberSetup {
  folder: string
  discoveryPort: number
}

export type MemberOrder =
  /** Answered once so many devices are connected. */
  | { do: 'await-connected'; devices: number }
  /** Gives these people another title and signs. Answers with when that began. */
  | { do: 'sign'; adminSeed: Uint8Array; people: number; title: string }
  /** Answers with when the list of this version was in force and durable. */
  | { do: 'await-version'; version: number }
  | { do: 'leave' }

/** Milliseconds since 1970 with fractions, the same in every process of this machine. */
const instant = () => performance.timeOrigin + performance.now()

const setup = JSON.parse(process.argv[2] ?? '{}') as MemberSetup
const silent = () => undefined
const provider = createNativeProvider()
const session = await openSession({
  databasePath: join(setup.folder, 'profile.db'),
  key: new Uint8Array(32).fill(7),
  provider,
  network: { discovery: 'loopback', discoveryPort: setup.discoveryPort, listen: { hosts: ['127.0.0.1'] } },
  now: Date.now,
  log: { debug: silent, info: silent, warn: silent, error: (details, text) => console.error(text, details) },
  onReceived: silent,
  onAsked: silent,
})
const member = session.member()
if (member === undefined) throw new Error('The profile belongs to no organisation')
const { membership } = member

const inForceAt = new Map<number, number>()
const note = () => {
  const { version } = membership.trusted().list.header
  if (!inForceAt.has(version)) inForceAt.set(version, instant())
}
membership.onChanged(note)

const until = async <T>(find: () => T | undefined, subscribe: (look: () => void) => () => void): Promise<T> => {
  const found = find()
  if (found !== undefined) return found
  return new Promise(resolve => {
    const stop = subscribe(() => {
      const found = find()
      if (found === undefined) return
      stop()
      resolve(found)
    })
  })
}

const sign = async (adminSeed: Uint8Array, count: number, title: string): Promise<number> => {
  const beganAt = instant()
  await membership.change(trusted => {
    const people = [...trusted.people.values()].slice(-count)
    const edits = people.map((person): ListEdit => ({ kind: 'put-person', person: { ...person, title } }))
    const draft = signList(provider, prepareList(provider, trusted, { edits }, Date.now()), adminSeed)
    return publishList(provider, trusted, draft, Date.now())
  })
  return beganAt
}

const follow = async (order: MemberOrder): Promise<unknown> => {
  switch (order.do) {
    case 'await-connected':
      await until(
        () => (session.network.connected().length >= order.devices ? true : undefined),
        look => session.onStatusChanged(() => setImmediate(look)),
      )
      return true
    case 'sign':
      return sign(order.adminSeed, order.people, order.title)
    case 'await-version':
      return until(
        () => inForceAt.get(order.version),
        look => membership.onChanged(() => setImmediate(look)),
      )
    case 'leave':
      await session.close()
      return true
  }
}

process.on('message', (order: MemberOrder) => {
  follow(order).then(
    value => process.send?.({ ok: true, value }),
    (error: unknown) => process.send?.({ ok: false, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ ok: true, value: true })
