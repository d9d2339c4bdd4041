import { type FormEvent, useId, useMemo, useState } from 'react'
import type { Group, Person } from '../../../../shared/contract/entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { MAX_GROUP_DEPARTMENTS, MAX_NAME_CHARACTERS } from '../../../../shared/limits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { membersOf } from '../../../text/groups.ts'
import { lineFault } from '../../../text/line-fault.ts'
import { departmentsOf } from '../../../text/people.ts'
import { groupOfDraft } from '../../../text/staged.ts'
import { Button } from '../../Button.tsx'
import { Checkbox } from '../../Checkbox.tsx'
import { Dialog, LeaveButton } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Field } from '../../Field.tsx'
import { PeoplePicker } from '../../people/PeoplePicker.tsx'
import { Tag } from '../../Tag.tsx'
import { useChanged } from '../../useChanged.ts'
import dialogs from '../dialogs.module.css'
import { StagedForm } from '../StagedForm.tsx'
import styles from './Groups.module.css'

export interface GroupDialogProps {
  /** Null for a new one. */
  group: Group | null
  onClose(): void
}

const GroupForm = ({ group, onClose }: GroupDialogProps) => {
  const { people } = useDirectory()
  const stage = useCall('changes.stage')
  const [name, setName] = useState(group?.name ?? '')
  const [departments, setDepartments] = useState<ReadonlySet<string>>(() => new Set(group?.departments))
  const [members, setMembers] = useState<ReadonlySet<PersonId>>(() => new Set(group?.members))
  const [isFirst] = useState(() => {
    const before = new Set<string>(group?.members)
    return ({ id }: Person) => before.has(id)
  })
  const isChanged = useChanged({ name, members, departments })
  const form = useId()
  const known = useMemo(() => departmentsOf(people), [people])
  // A department that nobody is in any more still belongs to the group until somebody unticks it.
  const choices = [
    ...known,
    ...(group?.departments ?? []).flatMap(own => (known.some(([each]) => each === own) ? [] : [[own, 0] as const])),
  ]
  const size = membersOf({ members: [...members], departments: [...departments] }, people).length
  const canSave = name.trim() !== '' && lineFault(name) === null && departments.size <= MAX_GROUP_DEPARTMENTS

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canSave) return
    const edit = {
      kind: 'put-group' as const,
      groupId: group?.id ?? null,
      name: name.trim(),
      members: [...members],
      departments: [...departments],
    }
    if ((await stage.run({ edits: [edit] })) === undefined) return
    onClose()
  }
  const tick = (department: string, isOn: boolean) =>
    setDepartments(
      isOn ? new Set([...departments, department]) : new Set([...departments].filter(each => each !== department)),
    )
  return (
    <Dialog
      title={group === null ? t('groups.addTitle') : t('groups.editTitle', { name: group.name })}
      startsInField
      isChanged={isChanged}
      onClose={onClose}
      footer={
        <>
          <p className={styles.size} role="status">
            {t('groups.size', { count: size })}
          </p>
          <LeaveButton />
          <Button kind="primary" type="submit" form={form} isBusy={stage.isBusy} disabled={!canSave}>
            {t('person.save')}
          </Button>
        </>
      }
    >
      <form id={form} className={dialogs.form} onSubmit={event => void submit(event)}>
        <Field
          label={t('groups.name')}
          value={name}
          error={lineFault(name)}
          required
          maxLength={MAX_NAME_CHARACTERS}
          autoComplete="off"
          onValue={setName}
        />
        {choices.length > 0 && (
          <fieldset className={styles.departments}>
            <legend className={dialogs.label}>{t('groups.departments')}</legend>
            <div className={styles.ticks}>
              {choices.map(([department, count]) => (
                <Checkbox
                  key={department}
                  label={t('groups.department', { name: department, count })}
                  isOn={departments.has(department)}
                  onChange={isOn => tick(department, isOn)}
                />
              ))}
            </div>
          </fieldset>
        )}
        <section>
          <h3 className={dialogs.label}>{t('groups.byHand')}</h3>
          <PeoplePicker
            label={t('groups.byHand')}
            chosen={members}
            isFirst={isFirst}
            mark={({ department }) => departments.has(department) && <Tag kind="plain">{t('groups.byDepartment')}</Tag>}
            onChosen={setMembers}
          />
        </section>
        <ErrorNote code={stage.error} />
      </form>
    </Dialog>
  )
}

/** Everyone of whole departments, and people by hand; goes on from what is staged. */
export const GroupDialog = ({ group, onClose }: GroupDialogProps) => {
  if (group === null) return <GroupForm group={null} onClose={onClose} />
  return (
    <StagedForm
      target={{ kind: 'group', groupId: group.id }}
      title={t('groups.editTitle', { name: group.name })}
      onClose={onClose}
    >
      {draft => <GroupForm group={draft?.kind === 'group' ? groupOfDraft(draft) : group} onClose={onClose} />}
    </StagedForm>
  )
}
