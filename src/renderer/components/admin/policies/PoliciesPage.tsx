import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'
import { ErrorNote } from '../../ErrorNote.tsx'
import { AdminPane } from '../AdminPane.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { stagedPolicy } from './policy-draft.ts'

/** Rules that every device follows, signed with the list. */
export const PoliciesPage = () => {
  const { data: policy, error } = useConsole('policy.get', {})
  const { data: changes, error: changesError } = useConsole('changes.get', {})
  if (policy === undefined || changes === undefined) {
    return (
      <AdminPane title={t('admin.policiesPage')}>
        <ErrorNote code={error ?? changesError} />
      </AdminPane>
    )
  }
  const staged = stagedPolicy(policy, changes.staged)
  return <PolicyForm inForce={policy} staged={staged} threshold={changes.threshold} />
}
