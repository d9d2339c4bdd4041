import { Ellipsis, Pencil, PenLine, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import type { Group, Person } from '../../../../shared/contract/entities.ts'
import { t } from '../../../locales/i18n.ts'
import { membersOf } from '../../../text/groups.ts'
import { nameList } from '../../../text/people.ts'
import { Icon } from '../../Icon.tsx'
import { MenuButton } from '../../MenuButton.tsx'
import { Tag } from '../../Tag.tsx'
import rows from '../rows.module.css'
import styles from './Groups.module.css'

/** Names that stand in the row; the dialog has all of them. */
const NAMED = 3

/** 'Anna Laine, Daniel Osei, Emma Lindqvist and 9 more'. */
const memberWords = (members: readonly Person[]): string => {
  const names = members.slice(0, NAMED).map(({ name }) => name)
  if (members.length <= NAMED) return nameList(names)
  return t('groups.namesAndMore', { names: names.join(', '), count: members.length - NAMED })
}

export interface GroupRowProps {
  group: Group
  people: readonly Person[]
  /** What nobody has signed of it. */
  unsigned: string | null
  onEdit(): void
  onRemove(): void
}

export const GroupRow = ({ group, people, unsigned, onEdit, onRemove }: GroupRowProps) => {
  const [isOpen, setOpen] = useState(false)
  const { name, departments } = group
  const members = membersOf(group, people)
  return (
    <li>
      <span className={styles.tile}>
        <Icon icon={Users} size={18} />
      </span>
      <button type="button" className={styles.open} onClick={onEdit}>
        <span className={rows.name} title={name}>
          {name}
        </span>
        <span className={rows.detail}>{t('groups.size', { count: members.length })}</span>
      </button>
      <div className={rows.middle}>
        {departments.length > 0 && (
          <p className={styles.who}>{t('groups.everyone', { names: nameList(departments) })}</p>
        )}
        <p className={styles.who}>{members.length === 0 ? t('groups.nobody') : memberWords(members)}</p>
        {unsigned !== null && (
          <Tag kind="plain" icon={PenLine}>
            {unsigned}
          </Tag>
        )}
      </div>
      <div className={rows.acts}>
        <MenuButton
          icon={Ellipsis}
          size="small"
          label={t('list.actionsFor', { name })}
          isOpen={isOpen}
          onOpenChange={setOpen}
          entries={[
            { id: 'edit', icon: Pencil, label: t('groups.edit'), onAction: onEdit },
            { id: 'remove', icon: Trash2, label: t('groups.remove'), isDanger: true, onAction: onRemove },
          ]}
        />
      </div>
    </li>
  )
}
