import { IdCard, Laptop, type LucideIcon, Mail, MessageCircle, Phone, Tag } from 'lucide-react'
import type { RefObject } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'
import type { Person } from '../../../shared/contract/entities.ts'
import { useOpenConversation } from '../../actions/useOpenConversation.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation, useStatus } from '../../queries/useOrganisation.ts'
import { presenceOf, presenceWords } from '../../text/people.ts'
import { useUi } from '../../ui-state.ts'
import { Avatar } from '../Avatar.tsx'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { PresenceMark } from '../PresenceMark.tsx'
import styles from './ProfilePopover.module.css'
import { Verified } from './Verified.tsx'

const Detail = ({ icon, label, value }: { icon: LucideIcon; label: string; value: string }) =>
  value === '' ? null : (
    <div>
      <dt title={label}>
        <Icon icon={icon} size={16} />
        <span>{label}</span>
      </dt>
      <dd>{value}</dd>
    </div>
  )

export interface ProfilePopoverProps {
  person: Person
  anchor: RefObject<Element | null>
  isOpen: boolean
  /** Whether to offer writing; not in the person's own chat. */
  canMessage: boolean
  placement: 'bottom start' | 'right top'
  onClose(): void
}

export const ProfilePopover = ({ person, anchor, isOpen, canMessage, placement, onClose }: ProfilePopoverProps) => {
  const { self } = useOrganisation()
  const { online, network } = useStatus()
  const now = useNow(MINUTE)
  const openConversation = useOpenConversation()
  const presence = presenceOf(person.id, online, network)
  const isSelf = person.id === self
  const showSafety = () => {
    onClose()
    useUi.setState({ safetyOf: person.id })
  }
  return (
    <Popover
      triggerRef={anchor}
      isOpen={isOpen}
      onOpenChange={next => !next && onClose()}
      placement={placement}
      className={styles.popover ?? ''}
    >
      <Dialog className={styles.profile ?? ''}>
        <div className={styles.head}>
          <Avatar
            id={person.id}
            name={person.name}
            photo={person.photo}
            size={64}
            isFormer={!person.listed}
            {...(isSelf ? {} : { presence })}
          />
          <div className={styles.words}>
            <Heading slot="title" className={styles.name ?? ''}>
              {person.name}
            </Heading>
            <p>{[person.title, person.department].filter(Boolean).join(', ')}</p>
            <p className={styles.presence}>
              {!isSelf && <PresenceMark presence={presence} />}
              {isSelf ? t('people.you') : presenceWords(presence, person.lastSeenAt, now)}
            </p>
          </div>
        </div>
        <dl className={styles.details}>
          <Detail icon={Phone} label={t('people.phone')} value={person.phone} />
          <Detail icon={Mail} label={t('people.email')} value={person.email} />
          <Detail
            icon={Laptop}
            label={t('people.devicesLabel')}
            value={t('people.devices', { count: person.devices })}
          />
          <Detail icon={Tag} label={t('people.roles')} value={person.roles.join(', ')} />
          {person.isAdmin && <Detail icon={IdCard} label={t('people.status')} value={t('people.administrator')} />}
        </dl>
        <Verified person={person} />
        {!isSelf && (
          <div className={styles.acts}>
            {canMessage && person.listed && (
              <span className={styles.grow}>
                <Button
                  kind="primary"
                  icon={MessageCircle}
                  isWide
                  onClick={() => {
                    onClose()
                    void openConversation(person.id)
                  }}
                >
                  {t('people.message')}
                </Button>
              </span>
            )}
            <Button onClick={showSafety}>{t('chat.safetyNumber')}</Button>
          </div>
        )}
      </Dialog>
    </Popover>
  )
}
