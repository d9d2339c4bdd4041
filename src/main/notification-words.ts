import type { EngineEvent } from '../shared/contract/engine.ts'
import type { Settings } from '../shared/contract/host.ts'

/** Characters of a message in a notification; systems cut it anyway, each somewhere else. */
const MAX_BODY = 180

export interface Shown {
  title: string
  body: string
}

export interface Received {
  authorName: string
  text: string
}

const shorten = (text: string): string => {
  const characters = [...text.replaceAll(/\s+/g, ' ').trim()]
  return characters.length <= MAX_BODY ? characters.join('') : `${characters.slice(0, MAX_BODY - 1).join('')}…`
}

/** What a notification says: as much as the person has allowed, and nothing about anybody while Lanyard is locked. */
export const notificationWords = (
  { authorName, text }: Received,
  count: number,
  { notifications }: Settings,
  isLocked: boolean,
): Shown => {
  const news = count === 1 ? 'New message' : `${count} new messages`
  if (isLocked || notifications === 'none') return { title: 'Lanyard', body: 'New message' }
  if (notifications === 'name') return { title: authorName, body: news }
  return { title: count === 1 ? authorName : `${authorName} (${count})`, body: shorten(text) }
}

export type Asked = EngineEvent<'administrator.asked'>

const ASKED: Readonly<Record<Asked['for'], { one: string; many(count: number): string; private: string }>> = {
  admission: {
    one: 'Asks to join',
    many: count => `${count} people ask to join`,
    private: 'Somebody asks to join',
  },
  signature: {
    one: 'Asks for your signature on a change',
    many: count => `${count} changes wait for your signature`,
    private: 'A change waits for a signature',
  },
}

/** What an administrator is asked for; `count` is of those that they have not looked at. */
export const askedWords = (
  { for: purpose, name }: Pick<Asked, 'for' | 'name'>,
  count: number,
  { notifications }: Settings,
): Shown => {
  const words = ASKED[purpose]
  if (notifications === 'none') return { title: 'Lanyard', body: words.private }
  return count === 1 ? { title: name, body: words.one } : { title: 'Lanyard', body: words.many(count) }
}
