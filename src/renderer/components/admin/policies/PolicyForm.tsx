import { TriangleAlert } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import type { Policy } from '../../../../shared/contract/edits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { draftKey } from '../../../text/draft-key.ts'
import { rebaseDraft } from '../../../text/rebase-draft.ts'
import { Button } from '../../Button.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Field } from '../../Field.tsx'
import { Icon } from '../../Icon.tsx'
import { SettingsSection, SwitchRow } from '../../settings/rows.tsx'
import { TextArea } from '../../TextArea.tsx'
import { AdminPane } from '../AdminPane.tsx'
import { DiscardPage } from '../DiscardPage.tsx'
import styles from './PolicyForm.module.css'
import { draftOfPolicy, faultsOf, isSamePolicy, policyOf } from './policy-draft.ts'

export interface PolicyFormProps {
  inForce: Policy
  /** As it will be when what is staged is signed. */
  staged: Policy
  /** Signatures that a list takes. */
  threshold: number
}

export const PolicyForm = ({ inForce, staged, threshold }: PolicyFormProps) => {
  const stage = useCall('changes.stage')
  const fresh = draftOfPolicy(staged)
  const [held, setHeld] = useState({ base: fresh, draft: fresh })
  // A policy that was signed or staged meanwhile must not take away what is being typed.
  if (draftKey(fresh) !== draftKey(held.base))
    setHeld({ base: fresh, draft: rebaseDraft(held.draft, held.base, fresh) })
  const { draft } = held
  const form = useId()
  const change = (part: Partial<typeof draft>) =>
    setHeld(({ base, draft: previous }) => ({ base, draft: { ...previous, ...part } }))
  const faults = faultsOf(draft)
  const policy = policyOf(draft)
  const canSave = policy !== null && !isSamePolicy(policy, staged)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (policy === null || !canSave) return
    await stage.run({ edits: [{ kind: 'change-policy', policy }] })
  }
  return (
    <AdminPane
      title={t('admin.policiesPage')}
      actions={
        <Button kind="primary" type="submit" form={form} isBusy={stage.isBusy} disabled={!canSave}>
          {t('person.save')}
        </Button>
      }
    >
      <DiscardPage isChanged={draftKey(draft) !== draftKey(fresh)} />
      <form id={form} className={styles.form} onSubmit={event => void submit(event)}>
        <p className={styles.lede}>{t(isSamePolicy(inForce, staged) ? 'policies.lede' : 'policies.changed')}</p>
        <ErrorNote code={stage.error} />
        <SettingsSection title={t('policies.joining')}>
          <SwitchRow
            label={t('policies.approves')}
            text={
              draft.approvesInvitations && threshold > 1
                ? t('policies.approvesIdle', { threshold })
                : t('policies.approvesText')
            }
            isOn={draft.approvesInvitations}
            onChange={approvesInvitations => change({ approvesInvitations })}
          />
        </SettingsSection>
        <SettingsSection title={t('policies.lease')}>
          <SwitchRow
            label={t('policies.locks')}
            text={t('policies.locksText')}
            isOn={draft.hasLease}
            onChange={hasLease => change({ hasLease })}
          />
          {draft.hasLease && (
            <div className={styles.part}>
              <div className={styles.days}>
                <Field
                  label={t('policies.days')}
                  inputMode="numeric"
                  value={draft.leaseDays}
                  error={faults.days}
                  autoComplete="off"
                  onValue={leaseDays => change({ leaseDays })}
                />
              </div>
              {faults.warning !== null && (
                <p className={styles.warning} role="status">
                  <Icon icon={TriangleAlert} size={14} />
                  {faults.warning}
                </p>
              )}
            </div>
          )}
        </SettingsSection>
        <SettingsSection title={t('policies.seeds')}>
          <div className={styles.part}>
            <TextArea
              label={t('policies.seedsLabel')}
              hint={t('policies.seedsHint')}
              value={draft.seeds}
              error={faults.seeds}
              rows={4}
              onValue={seeds => change({ seeds })}
            />
          </div>
        </SettingsSection>
      </form>
    </AdminPane>
  )
}
