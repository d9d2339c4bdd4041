import { LaptopMinimal, Pencil, UserMinus } from 'lucide-react'
import type { Person } from '../../../../shared/contract/entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import type { MenuEntry } from '../../MenuButton.tsx'

export type PersonAct = 'edit' | 'remove' | 'remove-device'

/** What an administrator can do about a person. Nobody removes themselves: another administrator does. */
export const personEntries = (
  person: Person,
  self: PersonId,
  onAct: (act: PersonAct) => void,
): readonly MenuEntry[] => {
  const entry = (id: PersonAct, icon: MenuEntry['icon'], label: string, isDanger = false): MenuEntry => ({
    id,
    icon,
    label,
    isDanger,
    onAction: () => onAct(id),
  })
  return [
    entry('edit', Pencil, t('list.edit')),
    ...(person.devices > 0 ? [entry('remove-device', LaptopMinimal, t('list.removeDevice'))] : []),
    ...(person.id === self ? [] : [entry('remove', UserMinus, t('list.remove'), true)]),
  ]
}
