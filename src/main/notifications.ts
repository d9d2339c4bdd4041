import type { EngineClient } from '../shared/contract/engine.ts'
import type { Settings } from '../shared/contract/host.ts'
import type { ConversationId } from '../shared/ids.ts'
import { notificationWords, type Shown } from './notification-words.ts'

/** The part of Electron's Notification that is used. */
export interface OneNotification {
  show(): void
  close(): void
  on(type: 'click' | 'close', listener: () => void): unknown
}

export interface NotificationParts {
  create(words: Shown): OneNotification
  settings(): Settings
  /** The conversation that the person is looking at: on screen in a focused window. */
  lookedAt(): ConversationId | null
  open(conversation: ConversationId): void
}

export interface Notifications {
  /** Follows one engine; called again for the next one after a restart. */
  follow(engine: EngineClient): void
  /** The person has the conversation before them: what was shown about it is gone. */
  clear(conversation: ConversationId): void
}

/** One notification a conversation, replaced as it grows. */
export const createNotifications = ({ create, settings, lookedAt, open }: NotificationParts): Notifications => {
  const shown = new Map<ConversationId, { notification: OneNotification; count: number }>()
  let isLocked = true

  const clear = (conversation: ConversationId) => {
    shown.get(conversation)?.notification.close()
    shown.delete(conversation)
  }

  const notify = (conversation: ConversationId, authorName: string, text: string) => {
    const count = (shown.get(conversation)?.count ?? 0) + 1
    clear(conversation)
    const notification = create(notificationWords({ authorName, text }, count, settings(), isLocked))
    notification.on('click', () => {
      clear(conversation)
      open(conversation)
    })
    notification.on('close', () => {
      // A replaced notification closes too; the one that replaced it stays counted.
      if (shown.get(conversation)?.notification === notification) shown.delete(conversation)
    })
    shown.set(conversation, { notification, count })
    notification.show()
  }

  return {
    follow(engine) {
      engine.on('status.changed', ({ profile }) => {
        isLocked = profile.state !== 'open'
      })
      engine.call('status.get', {}).then(
        ({ profile }) => {
          isLocked = profile.state !== 'open'
        },
        () => undefined, // the engine has ended; the next one is followed anew, and until then nothing is told
      )
      engine.on('message.received', ({ message, authorName }) => {
        if (lookedAt() !== message.conversationId) notify(message.conversationId, authorName, message.text)
      })
    },
    clear,
  }
}
