import { type FormEvent, useId, useState } from 'react'
import type { EngineOutput } from '../../../../shared/contract/engine.ts'
import { MAX_DETAIL_CHARACTERS, MAX_NAME_CHARACTERS } from '../../../../shared/limits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { lineFault } from '../../../text/line-fault.ts'
import { Button } from '../../Button.tsx'
import { Dialog, LeaveButton } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Field } from '../../Field.tsx'
import styles from '../dialogs.module.css'
import { InvitationReady } from './InvitationReady.tsx'
import { InviteKindFields } from './InviteKindFields.tsx'
import { type InviteDetails, type InviteKind, NOBODY } from './invite-kind.ts'

export interface InviteNewPersonProps {
  kind: InviteKind
  details: InviteDetails
  isChanged: boolean
  onDetails(change: (previous: InviteDetails) => InviteDetails): void
  onClose(): void
}

export const InviteNewPerson = ({ kind, details, isChanged, onDetails, onClose }: InviteNewPersonProps) => {
  const create = useCall('invitation.create')
  const [ready, setReady] = useState<EngineOutput<'invitation.create'> | null>(null)
  const form = useId()
  const canCreate = details.name.trim() !== '' && Object.values(details).every(value => lineFault(value) === null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canCreate) return
    const trimmed = Object.fromEntries(Object.entries(details).map(([field, value]) => [field, value.trim()]))
    const answer = await create.run({ ...NOBODY, ...trimmed, lifetime: kind.lifetime })
    if (answer !== undefined) setReady(answer)
  }
  const field = (name: keyof typeof NOBODY, label: string, isOptional = true) => (
    <Field
      label={label}
      {...(isOptional ? { note: t('invite.optional') } : {})}
      value={details[name]}
      error={lineFault(details[name])}
      required={!isOptional}
      maxLength={isOptional ? MAX_DETAIL_CHARACTERS : MAX_NAME_CHARACTERS}
      autoComplete="off"
      onValue={value => onDetails(previous => ({ ...previous, [name]: value }))}
    />
  )
  if (ready !== null) {
    const again = () => {
      setReady(null)
      onDetails(() => NOBODY)
    }
    return <InvitationReady name={details.name} invitation={ready} onAnother={again} onClose={onClose} />
  }
  return (
    <Dialog
      title={t('admin.invite')}
      startsInField
      isChanged={isChanged}
      onClose={onClose}
      footer={
        <>
          <LeaveButton />
          <Button kind="primary" type="submit" form={form} isBusy={create.isBusy} disabled={!canCreate}>
            {t('invite.create')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={event => void submit(event)}>
        <InviteKindFields {...kind} />
        {field('name', t('invite.name'), false)}
        <div className={styles.pair}>
          {field('title', t('invite.jobTitle'))}
          {field('department', t('invite.department'))}
        </div>
        <div className={styles.pair}>
          {field('email', t('invite.email'))}
          {field('phone', t('invite.phone'))}
        </div>
        <ErrorNote code={create.error} />
      </form>
    </Dialog>
  )
}
