import { LaptopMinimal, Pencil, Undo2, UserMinus } from 'lucide-react'
import type { Person } from '../../../../shared/contract/entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import type { MenuEntry } from '../../MenuButton.tsx'

export type PersonAct = 'edit' | 'remove' | 'remove-device' | 'take-back'

/** What an administrator can do about a person; nothing was signed yet of those who are `isNew`. Nobody removes themselves. */
export const personEntries = (
  person: Person,
  self: PersonId,
  isNew: boolean,
  onAct: (act: PersonAct) => void,
): readonly MenuEntry[] => {
  const entry = (id: PersonAct, icon: MenuEntry['icon'], label: string, isDanger = false): MenuEntry => ({
    id,
    icon,
    label,
    isDanger,
    onAction: () => onAct(id),
  })
  if (isNew) return [entry('edit', Pencil, t('list.edit')), entry('take-back', Undo2, t('list.takeBack'), true)]
  return [
    entry('edit', Pencil, t('list.edit')),
    ...(person.devices > 0 ? [entry('remove-device', LaptopMinimal, t('list.removeDevice'))] : []),
    ...(person.id === self ? [] : [entry('remove', UserMinus, t('list.remove'), true)]),
  ]
}
