import type { Message, MessageState } from '../../shared/contract/entities.ts'
import { errorWords } from '../locales/error-words.ts'
import { t } from '../locales/i18n.ts'

/** The word for a delivery mark; messages that somebody else wrote carry none. */
export const stateWord = (state: MessageState): string => {
  switch (state) {
    case 'queued':
      return t('state.queued')
    case 'held':
      return t('state.held')
    case 'delivered':
      return t('state.delivered')
    case 'read':
      return t('state.read')
    case 'failed':
      return t('state.failed')
    case 'received':
      return ''
  }
}

/** Parts of an accessible name, joined so that a screen reader pauses between them. */
const joinName = (parts: readonly (string | false | null)[]): string => parts.filter(Boolean).join(', ')

export interface ConversationName {
  readonly name: string
  readonly presence: string
  readonly unread: number
  /** What the second line shows. */
  readonly preview: string
  readonly isDraft: boolean
  readonly time: string
  readonly state: MessageState | null
}

/** 'Marta Ruiz, online, 2 unread, The torque report, 14:18, delivered'. */
export const conversationName = (row: ConversationName): string =>
  joinName([
    row.name,
    row.presence,
    row.unread > 0 && t('chats.unreadCount', { count: row.unread }),
    row.isDraft ? t('chats.draftPreview', { text: row.preview }) : row.preview,
    row.time,
    !row.isDraft && row.state !== null && stateWord(row.state),
  ])

/** 'You, 14:33, text, delivered'; a failed message says why. */
export const messageName = (author: string, time: string, { text, state, failure }: Message): string =>
  joinName([author, time, text, stateWord(state), state === 'failed' && errorWords(failure ?? 'internal').what])
