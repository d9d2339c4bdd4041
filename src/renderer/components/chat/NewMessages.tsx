import { useState } from 'react'
import type { Message } from '../../../shared/contract/entities.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { t } from '../../locales/i18n.ts'
import text from '../../styles/text.module.css'
import { firstName } from '../../text/people.ts'

export interface NewMessagesProps {
  messages: readonly Message[]
  self: PersonId
  name: string
}

/** Reads an incoming message of the open chat out, politely, once; what was there on opening is not read. */
export const NewMessages = ({ messages, self, name }: NewMessagesProps) => {
  const latest = messages.at(-1)
  const [known, setKnown] = useState({ id: latest?.id, spoken: '' })
  if (latest !== undefined && latest.id !== known.id) {
    const isIncoming = known.id !== undefined && latest.author !== self
    setKnown({
      id: latest.id,
      spoken: isIncoming ? t('chat.incoming', { name: firstName(name), text: latest.text }) : '',
    })
  }
  return (
    <div className={text.hidden} role="status" aria-live="polite">
      {known.spoken}
    </div>
  )
}
