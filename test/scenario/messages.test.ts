import { cpSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Message } from '../../src/shared/contract/entities.ts'
import {
  type Actor,
  foundOrganisation,
  idOf,
  joinOrganisation,
  newMessageId,
  openConversation,
  ownDiscoveryPort,
  say,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'
import { testFolder } from '../helpers/test-store.ts'

const startOffice = async (...names: string[]) => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const others: Actor[] = []
  for (const name of names) {
    const actor = await startActor(name, { discoveryPort })
    await joinOrganisation(alice, actor)
    await Promise.all([untilOnline(alice, actor), untilOnline(actor, alice)])
    others.push(actor)
  }
  return { alice, others }
}

const startPair = async () => {
  const { alice, others } = await startOffice('Bob')
  const [bob] = others
  if (bob === undefined) throw new Error('Bob was asked for')
  return { alice, bob }
}

const untilState = (actor: Actor, { id }: Pick<Message, 'id'>, state: Message['state']) =>
  actor.untilRows(`${state}`, ({ messages }) => messages.get(id)?.state === state)

const untilThere = (actor: Actor, { id }: Pick<Message, 'id'>) =>
  actor.untilRows('the message', ({ messages }) => messages.get(id))

const textsOf = async (actor: Actor, other: Actor): Promise<string[]> => {
  const conversationId = await openConversation(actor, other)
  const { messages } = await actor.client().call('message.page', { conversationId, before: null, limit: 500 })
  return messages.map(({ text }) => text).reverse()
}

test('Alice and Bob talk: queued, delivered, read, and the list of conversations says so', async () => {
  const { alice, bob } = await startPair()
  const heard = new Promise(resolve => bob.client().on('message.received', resolve))
  const question = await say(alice, bob, 'Lunch at twelve?')
  expect(question).toMatchObject({ state: 'queued', author: idOf(alice), text: 'Lunch at twelve?' })
  await untilState(alice, question, 'delivered')
  expect(await heard).toMatchObject({ authorName: 'Alice', message: { id: question.id } })

  const there = await untilThere(bob, question)
  expect(there).toMatchObject({ state: 'received', order: question.order, sentAt: question.sentAt })
  const unread = await bob.untilRows('a conversation', ({ conversations }) =>
    [...conversations.values()].find(each => each.unread === 1),
  )
  expect(unread).toMatchObject({ personId: idOf(alice), latest: { id: question.id, text: 'Lunch at twelve?' } })

  await bob.client().call('conversation.markRead', { id: question.conversationId, upTo: question.order })
  await untilState(alice, question, 'read')
  const answer = await say(bob, alice, 'With pleasure')
  await untilState(bob, answer, 'delivered')
  expect(await textsOf(alice, bob)).toEqual(['Lunch at twelve?', 'With pleasure'])
  expect(await textsOf(bob, alice)).toEqual(['Lunch at twelve?', 'With pleasure'])
})

test("Bob is away: messages wait on Alice's device, survive her restart, and go out when he is back", async () => {
  const { alice, bob } = await startPair()
  await say(alice, bob, 'before')
  await bob.stop()
  const waiting = [await say(alice, bob, 'one'), await say(alice, bob, 'two'), await say(alice, bob, 'three')]
  await alice.restart()
  const conversationId = await openConversation(alice, bob)
  const { messages } = await alice.client().call('message.page', { conversationId, before: null, limit: 3 })
  expect(messages.map(({ text, state }) => [text, state])).toEqual([
    ['three', 'queued'],
    ['two', 'queued'],
    ['one', 'queued'],
  ])
  await bob.restart()
  for (const message of waiting) await untilState(alice, message, 'delivered')
  expect(await textsOf(bob, alice)).toEqual(['before', 'one', 'two', 'three'])
})

test('both write at once, and again and again: both have all of it in the same order', async () => {
  const { alice, bob } = await startPair()
  const sent = await Promise.all(
    Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? say(alice, bob, `a${i}`) : say(bob, alice, `b${i}`))),
  )
  await Promise.all(sent.map(message => untilState(message.author === idOf(alice) ? alice : bob, message, 'delivered')))
  const texts = await textsOf(alice, bob)
  expect(texts).toHaveLength(60)
  expect(await textsOf(bob, alice)).toEqual(texts)
})

test('Alice takes back what still waits, and Bob never sees it', async () => {
  const { alice, bob } = await startPair()
  await bob.stop()
  const regretted = await say(alice, bob, 'you are fired')
  const kept = await say(alice, bob, 'see you tomorrow')
  await alice.client().call('message.cancel', { id: regretted.id })
  await alice.untilRows('it gone', ({ messages }) => !messages.has(regretted.id))
  await bob.restart()
  await untilState(alice, kept, 'delivered')
  expect(await textsOf(bob, alice)).toEqual(['see you tomorrow'])
  await expect(alice.client().call('message.cancel', { id: kept.id })).rejects.toMatchObject({ code: 'message-sent' })
})

test('the same message sent again by an impatient client is one message', async () => {
  const { alice, bob } = await startPair()
  const conversationId = await openConversation(alice, bob)
  const input = { id: newMessageId(), conversationId, text: 'once' }
  const answers = await Promise.all([1, 2, 3].map(() => alice.client().call('message.send', input)))
  await untilState(alice, input, 'delivered')
  expect(new Set(answers.map(({ message }) => message.order)).size).toBe(1)
  expect(await textsOf(bob, alice)).toEqual(['once'])
})

test("Bob's profile folder comes back from a copy: the session heals and nothing that waits is lost", async () => {
  const { alice, bob } = await startPair()
  await untilState(alice, await say(alice, bob, 'first'), 'delivered')
  await untilState(bob, await say(bob, alice, 'answer'), 'delivered')
  const copy = testFolder()
  await bob.stop()
  cpSync(bob.folder, copy, { recursive: true })
  await bob.restart()
  await untilState(alice, await say(alice, bob, 'after the copy was made'), 'delivered')
  await untilState(bob, await say(bob, alice, 'answer after the copy was made'), 'delivered')
  await bob.stop()
  const waiting = await say(alice, bob, 'while Bob restores his folder')
  rmSync(bob.folder, { recursive: true })
  cpSync(copy, bob.folder, { recursive: true })
  await bob.restart()
  await untilOnline(bob, alice)
  const back = await say(bob, alice, 'I am back')
  await untilState(alice, waiting, 'delivered')
  await untilState(bob, back, 'delivered')
  expect(await textsOf(bob, alice)).toEqual(['first', 'answer', 'while Bob restores his folder', 'I am back'])
  expect(await textsOf(alice, bob)).toEqual([
    'first',
    'answer',
    'after the copy was made',
    'answer after the copy was made',
    'while Bob restores his folder',
    'I am back',
  ])
})

test('three people: each conversation has its own messages', async () => {
  const { alice, others } = await startOffice('Bob', 'Carol')
  const [bob, carol] = others
  if (bob === undefined || carol === undefined) throw new Error('Bob and Carol were asked for')
  await Promise.all([untilOnline(bob, carol), untilOnline(carol, bob)])
  const sent: [Actor, Message][] = [
    [alice, await say(alice, bob, 'from Alice to Bob')],
    [bob, await say(bob, carol, 'from Bob to Carol')],
    [carol, await say(carol, alice, 'from Carol to Alice')],
  ]
  for (const [actor, message] of sent) await untilState(actor, message, 'delivered')
  expect(await textsOf(bob, alice)).toEqual(['from Alice to Bob'])
  expect(await textsOf(carol, bob)).toEqual(['from Bob to Carol'])
  expect(await textsOf(alice, carol)).toEqual(['from Carol to Alice'])
})
