import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Member } from '../../src/engine/member.ts'
import { createNativeProvider } from '../../src/engine/native-crypto.ts'
import { openSession, type Session } from '../../src/engine/session.ts'
import { type ListEdit, type Policy, prepareList, publishList, signList } from '../../src/org/index.ts'
import { silentLog } from './silent-log.ts'
import { testFolder } from './test-store.ts'

export const provider = createNativeProvider()

/** Milliseconds after which a state that never comes fails the test. */
const GIVE_UP_AFTER = 20_000

export interface SessionOptions {
  discoveryPort: number
  folder?: string
  now?: () => number
}

/** An open profile without the engine around it, for stories that do what no client may. */
export const startSession = async ({ discoveryPort, folder = testFolder(), now = Date.now }: SessionOptions) => {
  const session = await openSession({
    databasePath: join(folder, 'profile.db'),
    key: new Uint8Array(32).fill(7),
    provider,
    network: { discovery: 'loopback', discoveryPort, listen: { hosts: ['127.0.0.1'] } },
    now,
    log: silentLog,
    onReceived: () => undefined,
    onAsked: () => undefined,
  })
  onTestFinished(() => session.close())
  return session
}

export const memberOf = (session: Session): Member => {
  const member = session.member()
  if (member === undefined) throw new Error('This profile belongs to no organisation')
  return member
}

/** Resolves when the status of the session says so. */
export const until = (session: Session, what: string, accepts: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(`waits in vain for ${what}`))), GIVE_UP_AFTER)
    const look = () => {
      if (accepts()) end(resolve)
    }
    const stop = session.onStatusChanged(() => setImmediate(look))
    const end = (settle: () => void) => {
      clearTimeout(timer)
      stop()
      settle()
    }
    look()
  })

export const foundIn = (session: Session, name: string): Promise<void> =>
  session.found({
    organisation: 'Hafen & Co',
    name,
    title: '',
    deviceName: `${name}'s PC`,
    passphrase: 'the keys of the office',
  })

export const joinThrough = async (admin: Session, joiner: Session, name: string): Promise<void> => {
  const details = { name, title: '', department: '', email: '', phone: '', lifetime: 3_600_000 }
  const { link } = await memberOf(admin).invitations.create(details)
  await joiner.join(link, `${name}'s PC`)
  await until(joiner, 'waiting', () => joiner.joining.status()?.state === 'waiting')
  const request = memberOf(admin).requests.find(joiner.device)
  if (request === null) throw new Error(`${name} does not ask to join`)
  await memberOf(admin).requests.approve(request)
  await until(joiner, 'membership', () => joiner.member() !== undefined)
}

/** What the administrator's console will do: signs the next list with these edits, and another policy where given. */
export const editList = async (
  admin: Session,
  edits: readonly ListEdit[],
  policy: Partial<Policy> = {},
  now = Date.now(),
): Promise<void> => {
  const { membership, adminKey } = memberOf(admin)
  await membership.change(trusted => {
    const draft = prepareList(provider, trusted, { edits, policy: { ...trusted.policy.value, ...policy } }, now)
    return publishList(
      provider,
      trusted,
      adminKey.use(seed => signList(provider, draft, seed)),
      now,
    )
  })
}
