import { useMemo } from 'react'
import type { Person } from '../../../../shared/contract/entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { Button } from '../../Button.tsx'
import { PeoplePicker } from '../../people/PeoplePicker.tsx'
import { Tag } from '../../Tag.tsx'

export interface InviteeRowsProps {
  chosen: ReadonlySet<PersonId>
  onChosen(chosen: ReadonlySet<PersonId>): void
}

const hasNoDevice = ({ devices }: Person): boolean => devices === 0

/** People of the list to choose from, those without a PC first. */
export const InviteeRows = ({ chosen, onChosen }: InviteeRowsProps) => {
  const { people } = useDirectory()
  const without = useMemo(() => people.filter(hasNoDevice).map(({ id }) => id), [people])
  return (
    <PeoplePicker
      label={t('invite.choose')}
      hint={t('invite.chooseHint')}
      chosen={chosen}
      isFirst={hasNoDevice}
      tools={
        without.length > 0 && (
          <Button size="small" kind="quiet" onClick={() => onChosen(new Set([...chosen, ...without]))}>
            {t('invite.withoutDevice', { count: without.length })}
          </Button>
        )
      }
      mark={person => hasNoDevice(person) && <Tag kind="plain">{t('invite.noPc')}</Tag>}
      onChosen={onChosen}
    />
  )
}
