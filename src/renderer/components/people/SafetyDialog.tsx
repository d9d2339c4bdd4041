import { useEffect, useState } from 'react'
import type { PersonId } from '../../../shared/ids.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { firstName } from '../../text/people.ts'
import { useUi } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import styles from './SafetyDialog.module.css'

const close = () => useUi.setState({ safetyOf: null })

/** Sixty digits that two people compare; real text, so that it can be selected and read out. */
export const SafetyDialog = ({ personId }: { personId: PersonId }) => {
  const { personById } = useDirectory()
  const { run, error } = useCall('person.safetyNumber')
  const [digits, setDigits] = useState<readonly string[] | null>(null)
  const name = personById.get(personId)?.name ?? t('chats.unknownPerson')

  useEffect(() => {
    let isCurrent = true
    void run({ personId }).then(answer => {
      if (isCurrent && answer !== undefined) setDigits(answer.digits)
    })
    return () => {
      isCurrent = false
    }
  }, [run, personId])

  return (
    <Dialog
      title={t('safety.title')}
      width="narrow"
      onClose={close}
      footer={
        <Button kind="primary" onClick={close}>
          {t('action.done')}
        </Button>
      }
    >
      <p className={styles.lede}>{t('safety.lede', { name: firstName(name) })}</p>
      <ErrorNote code={error} />
      {error === null && (
        <ol className={styles.digits} aria-label={t('safety.label', { name })} aria-busy={digits === null}>
          {(digits ?? Array.from({ length: 12 }, () => '')).map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: twelve places that never move
            <li key={index}>{group}</li>
          ))}
        </ol>
      )}
      <p className={styles.note}>{t('safety.note')}</p>
    </Dialog>
  )
}
