import type { Conversation } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { useStatus } from '../../queries/useOrganisation.ts'
import text from '../../styles/text.module.css'
import { exactTime, rowTime } from '../../text/dates.ts'
import { presenceOf, presenceWords } from '../../text/people.ts'
import { conversationName } from '../../text/row-names.ts'
import { showConversation } from '../../ui-state.ts'
import { Avatar } from '../Avatar.tsx'
import { CountBadge } from '../CountBadge.tsx'
import { DeliveryMark } from '../DeliveryMark.tsx'
import styles from './ConversationRow.module.css'

export interface ConversationRowProps {
  conversation: Conversation
  index: number
  isSelected: boolean
  isTabStop: boolean
  now: number
}

export const ConversationRow = ({ conversation, index, isSelected, isTabStop, now }: ConversationRowProps) => {
  const { id, personId, latest, unread, activeAt } = conversation
  const { personById, draftOf } = useDirectory()
  const { online, network, organisation } = useStatus()
  const person = personById.get(personId)
  const name = person?.name ?? t('chats.unknownPerson')
  const presence = presenceOf(personId, online, network)
  const draft = isSelected ? undefined : draftOf.get(id)
  const isOwn = latest !== null && latest.author === organisation?.self
  const state = isOwn ? latest.state : null
  const latestText = latest === null ? t('chats.noMessages') : latest.text
  const preview = draft ?? (state === 'failed' ? t('chats.notSent', { text: latestText }) : latestText)
  const time = rowTime(latest?.sentAt ?? activeAt, now)
  const spoken = conversationName({
    name,
    presence: presenceWords(presence, person?.lastSeenAt ?? null, now),
    unread,
    preview: draft ?? latestText,
    isDraft: draft !== undefined,
    time,
    state,
  })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the listbox's
    <div
      role="option"
      aria-selected={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      data-row={index}
      className={`${styles.row} ${unread > 0 ? styles.unread : ''}`}
      onClick={() => showConversation(id)}
    >
      <span className={text.hidden}>{spoken}</span>
      <Avatar
        id={personId}
        name={name}
        photo={person?.photo ?? null}
        presence={presence}
        isFormer={person?.listed === false}
      />
      <div className={styles.words} aria-hidden="true">
        <div className={styles.line}>
          <span className={styles.name} title={name}>
            {name}
          </span>
          <span className={styles.time} title={exactTime(latest?.sentAt ?? activeAt)}>
            {time}
          </span>
        </div>
        <div className={styles.line}>
          {draft === undefined && state !== null && <DeliveryMark state={state} />}
          <span className={styles.preview}>
            {draft !== undefined && <span className={styles.draft}>{t('chats.draft')} </span>}
            {preview}
          </span>
          {unread > 0 && <CountBadge count={unread} label={t('chats.unreadCount', { count: unread })} />}
        </div>
      </div>
    </div>
  )
}
