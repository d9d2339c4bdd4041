/**
 * Opening a profile of 100,000 messages: from `createEngine` until it answers its first call, in a fresh process each
 * time. The baseline is opening the same encrypted database and reading one row.
 */

import {
  ensureConversation,
  findConversationRow,
  saveConversation,
} from '../src/engine/conversations/conversation-rows.ts'
import { insertMessage } from '../src/engine/conversations/message-rows.ts'
import { createNativeProvider } from '../src/engine/native-crypto.ts'
import { createProfile } from '../src/engine/profile/profile.ts'
import { openDatabase } from '../src/engine/storage/database.ts'
import { openStore, type Store } from '../src/engine/storage/store.ts'
import type { ConversationId, MessageOrder, PersonId } from '../src/shared/ids.ts'
import { newMessageId } from '../src/shared/ids.ts'
import { type Row, report, row } from './harness.ts'
import { benchFolder, removeFolder, startEngine } from './office.ts'

const CONVERSATIONS = 50
const MESSAGES_EACH = 2_000
const ROUNDS = 9
const TEXT = 'The figures of the third quarter are better than we thought, shall I put them on the slides for Thursday?'

const hex = (number: number, digits = 32) => number.toString(16).padStart(digits, '0')

const fill = async (store: Store, author: PersonId): Promise<void> => {
  const startedAt = Date.now() - 86_400_000
  for (let c = 1; c <= CONVERSATIONS; c++) {
    const id = hex(c) as ConversationId
    const personId = hex(c) as PersonId
    await store.write(tx => {
      ensureConversation(tx, { id, personId, now: startedAt })
      let latest = { id: newMessageId(startedAt, new Uint8Array(10)), order: '' as MessageOrder }
      for (let n = 0; n < MESSAGES_EACH; n++) {
        const sentAt = startedAt + n * 1_000 + c
        const order = `${hex(sentAt, 12)}${hex(c, 20)}` as MessageOrder
        latest = { id: newMessageId(sentAt, crypto.getRandomValues(new Uint8Array(10))), order }
        const isOwn = n % 2 === 0
        insertMessage(tx, {
          ...latest,
          conversationId: id,
          author: isOwn ? author : personId,
          sentAt,
          storedAt: sentAt,
          text: TEXT,
          state: isOwn ? 'read' : 'received',
          failure: null,
        })
      }
      const conversation = findConversationRow(tx, id)
      if (conversation !== undefined)
        saveConversation(tx, { ...conversation, latest_id: latest.id, latest_place: latest.order })
    })
  }
}

/** The folder of a profile with an organisation and 100,000 messages, and the way to its key. */
const createFullProfile = async () => {
  const folder = benchFolder()
  const engine = await startEngine({ folder, discoveryPort: 42_999 })
  await engine.call('profile.create', { passphrase: null })
  const founder = { organisation: 'Bench', name: 'Alice', title: '', passphrase: 'only for measuring' }
  await engine.call('organisation.found', founder)
  const { organisation } = await engine.call('status.get', {})
  await engine.stop()
  const profile = createProfile({ folder, keychain: null, unprotected: true, provider: createNativeProvider() })
  const store = openStore({ path: profile.databasePath, key: await profile.unlock('') })
  if (organisation !== null) await fill(store, organisation.self)
  store.close()
  return { folder, profile }
}

const measure = async (): Promise<Row[]> => {
  const { folder, profile } = await createFullProfile()
  const plain: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const key = await profile.unlock('')
    const startedAt = performance.now()
    const db = openDatabase({ path: profile.databasePath, key })
    db.prepare('SELECT number FROM messages LIMIT 1').get()
    plain.push(performance.now() - startedAt)
    db.close()
  }
  const opening = row('plain opening of the database', 'ms', plain)
  const ready: number[] = []
  const process: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const startedAt = performance.now()
    const engine = await startEngine({ folder, discoveryPort: 42_999 })
    process.push(performance.now() - startedAt)
    ready.push(engine.readyAfter)
    await engine.stop()
  }
  removeFolder(folder)
  return [
    opening,
    row(`engine ready, ${CONVERSATIONS * MESSAGES_EACH} messages`, 'ms', ready, opening.median),
    row('the same from the start of its process, modules unbundled', 'ms', process, opening.median),
  ]
}

report(await measure())
