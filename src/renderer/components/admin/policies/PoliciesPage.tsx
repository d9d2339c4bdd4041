import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'
import { ErrorNote } from '../../ErrorNote.tsx'
import { AdminPane } from '../AdminPane.tsx'
import { PolicyForm } from './PolicyForm.tsx'

/** Rules that every device follows, signed with the list. */
export const PoliciesPage = () => {
  const { data: policy, error } = useConsole('policy.get', {})
  const { data: changes, error: changesError } = useConsole('changes.get', {})
  const { data: asked, error: askedError } = useConsole('changes.draft', { kind: 'policy' })
  if (policy === undefined || changes === undefined || asked === undefined) {
    return (
      <AdminPane title={t('admin.policiesPage')}>
        <ErrorNote code={error ?? changesError ?? askedError} />
      </AdminPane>
    )
  }
  const staged = asked.draft?.kind === 'policy' ? asked.draft : policy
  return <PolicyForm inForce={policy} staged={staged} threshold={changes.threshold} />
}
