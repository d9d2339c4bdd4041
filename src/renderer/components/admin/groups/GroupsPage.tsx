import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import type { Group } from '../../../../shared/contract/entities.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { t } from '../../../locales/i18n.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { useConsole } from '../../../queries/useConsole.ts'
import { useGroups } from '../../../queries/useGroups.ts'
import { useSession } from '../../../session-context.tsx'
import { byName } from '../../../text/people.ts'
import { stagedGroups } from '../../../text/staged.ts'
import { Button } from '../../Button.tsx'
import { EmptyState } from '../../EmptyState.tsx'
import { Icon } from '../../Icon.tsx'
import { AdminPane } from '../AdminPane.tsx'
import rows from '../rows.module.css'
import { GroupDialog } from './GroupDialog.tsx'
import { GroupRow } from './GroupRow.tsx'

/** Groups that the organisation defines: everybody can write to them and find them in People. */
export const GroupsPage = () => {
  const { engine } = useSession()
  const { people } = useDirectory()
  const listed = useGroups()
  const { data: changes } = useConsole('changes.get', {})
  /** Null: a new one. */
  const [edited, setEdited] = useState<Group | null | undefined>(undefined)
  const staged = changes?.staged ?? []
  const drafts = stagedGroups(staged)
  const kinds = new Map(
    staged.flatMap(({ change }) => ('groupId' in change ? [[change.groupId, change.kind] as const] : [])),
  )
  const known = new Set(listed?.map(({ id }) => id))
  const groups = listed && [...listed, ...[...drafts.values()].filter(({ id }) => !known.has(id))].sort(byName)
  const unsignedOf = ({ id }: Group): string | null => {
    const kind = kinds.get(id)
    if (kind === undefined) return null
    if (!known.has(id)) return t('list.newUnsigned')
    return t(kind === 'group-removed' ? 'list.removalUnsigned' : 'list.changeUnsigned')
  }
  const remove = ({ id }: Group) =>
    engine('changes.stage', { edits: [{ kind: 'remove-group', groupId: id }] }).catch(reportFailure)
  const add = (
    <Button kind="primary" icon={Plus} onClick={() => setEdited(null)}>
      {t('groups.add')}
    </Button>
  )
  return (
    <AdminPane title={t('admin.groupsPage')} actions={groups?.length === 0 ? undefined : add}>
      {groups?.length === 0 && (
        <EmptyState
          picture={<Icon icon={Users} size={24} />}
          isRound
          title={t('groups.none')}
          text={t('groups.noneText')}
        >
          {add}
        </EmptyState>
      )}
      {groups !== undefined && groups.length > 0 && (
        <div className={rows.container}>
          <ul className={rows.rows} aria-label={t('admin.groupsPage')}>
            {groups.map(group => (
              <GroupRow
                key={group.id}
                group={group}
                people={people}
                unsigned={unsignedOf(group)}
                onEdit={() => setEdited(group)}
                onRemove={() => void remove(group)}
              />
            ))}
          </ul>
        </div>
      )}
      {edited !== undefined && <GroupDialog group={edited} onClose={() => setEdited(undefined)} />}
    </AdminPane>
  )
}
