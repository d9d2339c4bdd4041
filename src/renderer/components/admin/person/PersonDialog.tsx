import { type FormEvent, useId, useState } from 'react'
import type { Person } from '../../../../shared/contract/entities.ts'
import { MAX_DETAIL_CHARACTERS, MAX_NAME_CHARACTERS, MAX_PERSON_ROLES } from '../../../../shared/limits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { lineFault } from '../../../text/line-fault.ts'
import { rebaseDraft } from '../../../text/rebase-draft.ts'
import { Button } from '../../Button.tsx'
import { Dialog, LeaveButton } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Field } from '../../Field.tsx'
import { TokenField } from '../../TokenField.tsx'
import { useChanged } from '../../useChanged.ts'
import dialogs from '../dialogs.module.css'
import { StagedForm } from '../StagedForm.tsx'
import { type Picture, PictureField } from './PictureField.tsx'
import { draftOf, NEW_ID, NOBODY, type PersonDraft } from './person-draft.ts'

export interface PersonDialogProps {
  /** Null for somebody new. */
  person: Person | null
  departments: readonly string[]
  onClose(): void
}

type TextField = 'name' | 'title' | 'department' | 'email' | 'phone'

const rolesFault = (roles: readonly string[]): string | null =>
  roles.length > MAX_PERSON_ROLES
    ? t('person.tooManyRoles', { count: MAX_PERSON_ROLES })
    : (roles.map(lineFault).find(fault => fault !== null) ?? null)

interface PersonFormProps extends PersonDialogProps {
  /** What is staged of the person: the form goes on from there. */
  staged: PersonDraft | null
}

const PersonForm = ({ person, staged, departments, onClose }: PersonFormProps) => {
  const stage = useCall('changes.stage')
  const { personById } = useDirectory()
  const [first] = useState<PersonDraft>(() => (person === null ? NOBODY : draftOf(staged ?? person)))
  const [draft, setDraft] = useState(first)
  const [role, setRole] = useState('')
  const [picture, setPicture] = useState<Picture>(undefined)
  const isChanged = useChanged({ draft, role, picture })
  const form = useId()
  const suggestions = useId()
  const texts: TextField[] = ['name', 'title', 'department', 'email', 'phone']
  const roles = role.trim() === '' || draft.roles.includes(role.trim()) ? draft.roles : [...draft.roles, role.trim()]
  const canSave =
    draft.name.trim() !== '' && texts.every(name => lineFault(draft[name]) === null) && rolesFault(roles) === null

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canSave) return
    // What another administrator has signed since the form was opened stays, except where something else was typed.
    const now = person === null ? first : draftOf(staged ?? personById.get(person.id) ?? person)
    const wanted = rebaseDraft(draft, first, now)
    const fields = {
      name: wanted.name.trim(),
      title: wanted.title.trim(),
      department: wanted.department.trim(),
      email: wanted.email.trim(),
      phone: wanted.phone.trim(),
      roles: [...(roles === first.roles ? now.roles : roles)],
      ...(picture === undefined ? {} : { photo: picture }),
    }
    const edit =
      person === null
        ? ({ kind: 'add-person', ...fields } as const)
        : ({ kind: 'change-person', personId: person.id, ...fields } as const)
    if ((await stage.run({ edits: [edit] })) !== undefined) onClose()
  }
  const field = (name: TextField, label: string, more: { inputMode?: 'email' | 'tel'; list?: string } = {}) => (
    <Field
      {...more}
      label={label}
      {...(name === 'name' ? { required: true } : { note: t('invite.optional') })}
      value={draft[name]}
      error={lineFault(draft[name])}
      maxLength={name === 'name' ? MAX_NAME_CHARACTERS : MAX_DETAIL_CHARACTERS}
      autoComplete="off"
      onValue={value => setDraft(previous => ({ ...previous, [name]: value }))}
    />
  )
  return (
    <Dialog
      title={person === null ? t('person.addTitle') : t('person.editTitle', { name: person.name })}
      startsInField
      isChanged={isChanged}
      onClose={onClose}
      footer={
        <>
          <LeaveButton />
          <Button kind="primary" type="submit" form={form} isBusy={stage.isBusy} disabled={!canSave}>
            {t('person.save')}
          </Button>
        </>
      }
    >
      <form id={form} className={dialogs.form} onSubmit={event => void submit(event)}>
        <PictureField
          id={person?.id ?? NEW_ID}
          name={draft.name}
          photo={draft.photo}
          picture={picture}
          onPicture={setPicture}
        />
        {field('name', t('invite.name'))}
        <div className={dialogs.pair}>
          {field('title', t('invite.jobTitle'))}
          {field('department', t('invite.department'), { list: suggestions })}
        </div>
        <datalist id={suggestions}>
          {departments.map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className={dialogs.pair}>
          {field('email', t('invite.email'), { inputMode: 'email' })}
          {field('phone', t('invite.phone'), { inputMode: 'tel' })}
        </div>
        <TokenField
          label={t('field.roles')}
          note={t('invite.optional')}
          hint={t('person.rolesHint')}
          error={rolesFault(roles)}
          tokens={draft.roles}
          maxLength={MAX_NAME_CHARACTERS}
          draft={role}
          onDraft={setRole}
          onTokens={tokens => setDraft(previous => ({ ...previous, roles: tokens }))}
        />
        <p className={dialogs.note}>{t('person.unsigned')}</p>
        <ErrorNote code={stage.error} />
      </form>
    </Dialog>
  )
}

/** What the list says of a person; kept for the next signature. */
export const PersonDialog = (props: PersonDialogProps) => {
  const { person, onClose } = props
  if (person === null) return <PersonForm {...props} staged={null} />
  return (
    <StagedForm
      target={{ kind: 'person', personId: person.id }}
      title={t('person.editTitle', { name: person.name })}
      onClose={onClose}
    >
      {draft => <PersonForm {...props} staged={draft?.kind === 'person' ? draft : null} />}
    </StagedForm>
  )
}
