import { expect, onTestFinished, test, vi } from 'vitest'
import { createAskedNotifications } from '../../../src/main/asked-notifications.ts'
import { type Asked, askedWords } from '../../../src/main/notification-words.ts'
import type { EngineClient } from '../../../src/shared/contract/engine.ts'
import type { Settings, WaitingPage } from '../../../src/shared/contract/host.ts'
import { createDesktop } from '../../helpers/notification-desktop.ts'

const usual: Settings = { theme: 'system', notifications: 'full', closeToTray: true }
const hidden: Settings = { ...usual, notifications: 'none' }
const MINUTE = 60_000

/** Pekka's desktop, and the engine that asks him. */
const pekkasDesktop = () => {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const desktop = createDesktop()
  const opened: WaitingPage[] = []
  const looking: { at: WaitingPage | null } = { at: null }
  const notifications = createAskedNotifications({
    create: desktop.create,
    settings: () => usual,
    lookedAt: () => looking.at,
    open: page => opened.push(page),
  })
  const listeners = new Map<string, (payload: unknown) => void>()
  notifications.follow({
    on: (name: string, listener: (payload: unknown) => void) => listeners.set(name, listener),
  } as unknown as EngineClient)
  let waiting = 0
  const ask = (name: string, news = 1) => {
    waiting += news
    const asked: Asked = { for: 'admission', name, news, waiting }
    listeners.get('administrator.asked')?.(asked)
  }
  const propose = (name: string) =>
    listeners.get('administrator.asked')?.({ for: 'signature', name, news: 1, waiting: 1 } satisfies Asked)
  const lock = () => listeners.get('status.changed')?.({ profile: { state: 'locked' }, organisation: null })
  const answerAllElsewhere = () => {
    waiting = 0
  }
  return { ...desktop, opened, looking, notifications, ask, propose, lock, answerAllElsewhere }
}

test('the words name who asks, unless the person wants nobody named', () => {
  const admission = { for: 'admission', name: 'Marta' } as const
  const signature = { for: 'signature', name: 'Emma' } as const
  expect(askedWords(admission, 1, usual)).toEqual({ title: 'Marta', body: 'Asks to join' })
  expect(askedWords(admission, 3, usual)).toEqual({ title: 'Lanyard', body: '3 people ask to join' })
  expect(askedWords(signature, 1, { ...usual, notifications: 'name' })).toEqual({
    title: 'Emma',
    body: 'Asks for your signature on a change',
  })
  expect(askedWords(signature, 2, usual)).toEqual({ title: 'Lanyard', body: '2 changes wait for your signature' })
  for (const count of [1, 3]) {
    expect(askedWords(admission, count, hidden)).toEqual({ title: 'Lanyard', body: 'Somebody asks to join' })
    expect(askedWords(signature, count, hidden)).toEqual({ title: 'Lanyard', body: 'A change waits for a signature' })
  }
})

test('a click opens what waits: the requests, or the changes on the page of the list', () => {
  const { all, open, opened, ask, propose } = pekkasDesktop()
  ask('Marta')
  propose('Emma')
  expect(open()).toEqual([
    { title: 'Marta', body: 'Asks to join' },
    { title: 'Emma', body: 'Asks for your signature on a change' },
  ])
  for (const notification of [...all]) notification.click()
  expect(opened).toEqual(['requests', 'list'])
  expect(open()).toEqual([])
})

test('a flood of requests is one notification a minute, and one at a time', () => {
  const { all, open, ask } = pekkasDesktop()
  for (let n = 0; n < 500; n++) ask(`Mallory ${n}`)
  expect(all).toHaveLength(1)
  vi.advanceTimersByTime(MINUTE)
  expect(all).toHaveLength(2)
  expect(open()).toEqual([{ title: 'Lanyard', body: '500 people ask to join' }])
  vi.advanceTimersByTime(10 * MINUTE)
  expect(all).toHaveLength(2) // never again by itself
})

test('what was put away counts no more, what comes after it does', () => {
  const { all, open, ask, answerAllElsewhere } = pekkasDesktop()
  ask('Marta')
  all[0]?.putAway()
  vi.advanceTimersByTime(MINUTE)
  answerAllElsewhere()
  ask('Carol')
  expect(open()).toEqual([{ title: 'Carol', body: 'Asks to join' }])
})

test('requests that a colleague has answered meanwhile are not counted', () => {
  const { open, ask, answerAllElsewhere } = pekkasDesktop()
  ask('Marta', 2)
  answerAllElsewhere()
  ask('Carol')
  vi.advanceTimersByTime(MINUTE)
  expect(open()).toEqual([{ title: 'Carol', body: 'Asks to join' }])
})

test('nothing is shown while the page that has it is in front, and looking takes away what was shown', () => {
  const { all, open, looking, notifications, ask, propose } = pekkasDesktop()
  looking.at = 'requests'
  ask('Marta')
  expect(all).toEqual([])
  propose('Emma') // the page of requests does not show changes
  expect(open()).toHaveLength(1)
  looking.at = 'list'
  notifications.look()
  expect(open()).toEqual([])
  ask('Carol')
  propose('Emma')
  vi.advanceTimersByTime(MINUTE)
  expect(open()).toEqual([])
})

test('what is gathered is dropped by a look, and by locking', () => {
  for (const end of ['look', 'lock'] as const) {
    const { open, looking, notifications, ask, lock } = pekkasDesktop()
    ask('Marta')
    ask('Carol')
    looking.at = 'requests'
    if (end === 'look') notifications.look()
    else lock()
    looking.at = null
    expect(open()).toEqual([])
    vi.advanceTimersByTime(MINUTE)
    expect(open()).toEqual([])
  }
})
