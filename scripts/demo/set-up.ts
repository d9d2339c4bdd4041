import { randomBytes } from 'node:crypto'
import { messageId, type PersonId } from '../../src/shared/ids.ts'
import { changeWhen, type EngineProcess, startEngineProcess, statusWhen } from '../../test/helpers/engine-client.ts'
import { ADMIN_PASSPHRASE, type Cast, CONVERSATION, marta, ORGANISATION, pekka, sanna } from './people.ts'

type Engines = ReadonlyMap<Cast, EngineProcess>

const clientOf = (engines: Engines, who: Cast) => {
  const engine = engines.get(who)
  if (engine === undefined) throw new Error(`${who.name} has no engine`)
  return engine.client
}

const selfOf = async (engines: Engines, who: Cast): Promise<PersonId> => {
  const { organisation } = await statusWhen(clientOf(engines, who), status => status.organisation !== null)
  if (organisation === null) throw new Error(`${who.name} is in no organisation`)
  return organisation.self
}

/** Joins by the way that everybody takes: invitation, request, approval. */
const join = async (engines: Engines, who: Cast): Promise<void> => {
  const admin = clientOf(engines, pekka)
  const client = clientOf(engines, who)
  const { name, title, department, email, phone, device } = who
  await client.call('profile.create', { passphrase: null })
  const { link } = await admin.call('invitation.create', { name, title, department, email, phone, lifetime: 3_600_000 })
  await client.call('join.start', { link, deviceName: device })
  const { id, invitationId, words } = await changeWhen(admin, 'joinRequest', request => request.name === name)
  await admin.call('request.approve', { id, invitationId, words })
  await selfOf(engines, who)
}

const say = async (engines: Engines, from: Cast, to: Cast, text: string): Promise<void> => {
  const client = clientOf(engines, from)
  const other = clientOf(engines, to)
  const { id } = await client.call('conversation.open', { personId: await selfOf(engines, to) })
  const { message } = await client.call('message.send', {
    id: messageId.parse(randomBytes(16).toString('hex')),
    conversationId: id,
    text,
  })
  await changeWhen(other, 'conversation', conversation => conversation.latest?.id === message.id)
  // What is answered has been read; the last words of each conversation stay unread.
  const isAnswered = CONVERSATION.slice(CONVERSATION.findIndex(line => line[2] === text) + 1).some(
    ([next, target]) => next === to && target === from,
  )
  if (isAnswered) await other.call('conversation.markRead', { id, upTo: message.order })
}

/** Makes three profiles under `root`: one organisation, three members, a little conversation. */
export const setUp = async (root: string, discoveryPort: number, tell: (line: string) => void): Promise<void> => {
  const engines = new Map<Cast, EngineProcess>()
  try {
    for (const who of [pekka, sanna, marta]) {
      engines.set(
        who,
        await startEngineProcess({ folder: `${root}/${who.folder}`, discovery: 'loopback', discoveryPort }),
      )
    }
    const admin = clientOf(engines, pekka)
    await admin.call('profile.create', { passphrase: null })
    await admin.call('organisation.found', {
      organisation: ORGANISATION,
      name: pekka.name,
      title: pekka.title,
      passphrase: ADMIN_PASSPHRASE,
    })
    await admin.call('recovery.confirm', {}) // the demo needs no sheet
    await admin.call('admin.unlock', { passphrase: ADMIN_PASSPHRASE })
    tell(`  ${pekka.name} has started ${ORGANISATION}`)
    for (const who of [sanna, marta]) {
      await join(engines, who)
      tell(`  ${who.name} has joined`)
    }
    for (const who of [sanna, marta]) {
      // Members find each other by themselves; talking before that would only wait.
      await statusWhen(clientOf(engines, who), ({ online }) => online.length === 2)
    }
    for (const [from, to, text] of CONVERSATION) await say(engines, from, to, text)
    tell('  they have talked a little')
  } finally {
    await Promise.all([...engines.values()].map(engine => engine.stop()))
  }
}
