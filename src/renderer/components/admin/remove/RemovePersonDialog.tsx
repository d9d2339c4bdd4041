import type { Person } from '../../../../shared/contract/entities.ts'
import { t } from '../../../locales/i18n.ts'
import { RemovalDialog } from './RemovalDialog.tsx'

export const RemovePersonDialog = ({ person, onClose }: { person: Person; onClose(): void }) => {
  const { id, name } = person
  return (
    <RemovalDialog
      title={t('removal.personTitle', { name })}
      isPerson
      reasons={['left', 'lost', 'stolen']}
      edit={reason => ({ kind: 'remove-person', personId: id, reason })}
      onClose={onClose}
    />
  )
}
