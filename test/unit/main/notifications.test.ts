import { expect, test } from 'vitest'
import { notificationWords } from '../../../src/main/notification-words.ts'
import { createNotifications } from '../../../src/main/notifications.ts'
import type { EngineClient } from '../../../src/shared/contract/engine.ts'
import type { Settings } from '../../../src/shared/contract/host.ts'
import { type ConversationId, conversationId } from '../../../src/shared/ids.ts'
import { createDesktop } from '../../helpers/notification-desktop.ts'

const usual: Settings = { theme: 'system', notifications: 'full', closeToTray: true }
const marta = conversationId.parse('11'.repeat(16))
const pekka = conversationId.parse('22'.repeat(16))

test('the words show as much as the person has allowed', () => {
  const message = { authorName: 'Marta', text: 'Lunch at   noon?' }
  expect(notificationWords(message, 1, usual, false)).toEqual({ title: 'Marta', body: 'Lunch at noon?' })
  expect(notificationWords(message, 3, usual, false)).toEqual({ title: 'Marta (3)', body: 'Lunch at noon?' })
  expect(notificationWords(message, 3, { ...usual, notifications: 'name' }, false)).toEqual({
    title: 'Marta',
    body: '3 new messages',
  })
  expect(notificationWords(message, 1, { ...usual, notifications: 'none' }, false)).toEqual({
    title: 'Lanyard',
    body: 'New message',
  })
  expect(notificationWords(message, 1, usual, true)).toEqual({ title: 'Lanyard', body: 'New message' })
})

test('a long text is cut between characters, never through one', () => {
  const { body } = notificationWords({ authorName: 'Marta', text: '🪪'.repeat(500) }, 1, usual, false)
  expect([...body]).toHaveLength(180)
  expect(body.isWellFormed()).toBe(true)
})

/** The part of an engine that notifications follow. */
const createSender = (state: 'open' | 'locked') => {
  const listeners = new Map<string, (payload: unknown) => void>()
  const client = {
    on: (name: string, listener: (payload: unknown) => void) => listeners.set(name, listener),
    call: () => Promise.resolve({ profile: { state } }),
  } as unknown as EngineClient
  const send = (id: ConversationId, authorName: string, text: string) =>
    listeners.get('message.received')?.({ message: { conversationId: id, text }, authorName })
  return { client, send }
}

test('one notification a conversation, replaced as it grows, opened by a click', async () => {
  const desktop = createDesktop()
  const opened: ConversationId[] = []
  let lookedAt: ConversationId | null = null
  const notifications = createNotifications({
    create: desktop.create,
    settings: () => usual,
    lookedAt: () => lookedAt,
    open: id => opened.push(id),
  })
  const { client, send } = createSender('open')
  notifications.follow(client)
  await Promise.resolve()

  send(marta, 'Marta', 'one')
  send(pekka, 'Pekka', 'hello')
  send(marta, 'Marta', 'two')
  expect(desktop.open()).toEqual([
    { title: 'Pekka', body: 'hello' },
    { title: 'Marta (2)', body: 'two' },
  ])

  desktop.all.at(-1)?.click()
  expect(opened).toEqual([marta])
  send(marta, 'Marta', 'three')
  expect(desktop.open()).toContainEqual({ title: 'Marta', body: 'three' })

  lookedAt = marta
  notifications.clear(marta)
  send(marta, 'Marta', 'four')
  expect(desktop.open()).toEqual([{ title: 'Pekka', body: 'hello' }])
})

test('while Lanyard is locked nothing about anybody is shown', () => {
  const desktop = createDesktop()
  const notifications = createNotifications({
    create: desktop.create,
    settings: () => usual,
    lookedAt: () => null,
    open: () => undefined,
  })
  const { client, send } = createSender('locked')
  notifications.follow(client)
  send(marta, 'Marta', 'secret')
  expect(desktop.open()).toEqual([{ title: 'Lanyard', body: 'New message' }])
})
