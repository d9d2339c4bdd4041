import { IdCard, Lock, MessageCircle, Settings, Users } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStatus } from '../../queries/useOrganisation.ts'
import { presenceOf } from '../../text/people.ts'
import { Avatar } from '../Avatar.tsx'
import { Icon } from '../Icon.tsx'
import styles from './Switcher.module.css'
import type { SwitcherEntry } from './switcher-entries.ts'

const viewIcons = { chats: MessageCircle, people: Users, admin: IdCard, settings: Settings } as const

const Content = ({ entry }: { entry: SwitcherEntry }) => {
  const { online, network } = useStatus()
  if (entry.kind !== 'person') {
    return (
      <>
        <span className={styles.tile}>
          <Icon icon={entry.kind === 'lock' ? Lock : viewIcons[entry.view]} size={18} />
        </span>
        <span className={styles.label}>{entry.label}</span>
      </>
    )
  }
  const { id, name, title, department, photo } = entry.person
  return (
    <>
      <Avatar id={id} name={name} photo={photo} size={32} presence={presenceOf(id, online, network)} />
      <span className={styles.label}>{name}</span>
      <span className={styles.detail}>{[title, department].filter(Boolean).join(', ')}</span>
    </>
  )
}

export interface SwitcherOptionProps {
  id: string
  entry: SwitcherEntry
  isActive: boolean
  onChoose(): void
  onPoint(): void
}

export const SwitcherOption = ({ id, entry, isActive, onChoose, onPoint }: SwitcherOptionProps) => {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      className={styles.option}
      onClick={onChoose}
      onPointerMove={onPoint}
    >
      <Content entry={entry} />
    </div>
  )
}
