import { type FormEvent, useId, useState } from 'react'
import type { EngineOutput } from '../../../shared/contract/engine.ts'
import { MAX_INVITATION_CHARACTERS, MAX_NAME_CHARACTERS } from '../../../shared/limits.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useSessionState } from '../../session-context.tsx'
import { calendarDay } from '../../text/dates.ts'
import { lineFault } from '../../text/line-fault.ts'
import { useUi } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { Field } from '../Field.tsx'
import { OpenFile } from '../OpenFile.tsx'
import styles from './form.module.css'
import { InvitedPerson } from './InvitedPerson.tsx'
import { SetupLayout } from './SetupLayout.tsx'
import { stepsAt } from './steps.ts'

/** Paste the invitation, see whom it names, ask to join. What follows is the waiting screen, by the engine's status. */
export const JoinOrganisation = ({ onBack }: { onBack(): void }) => {
  const preview = useCall('join.preview')
  const start = useCall('join.start')
  const takeFile = useCall('file.import')
  /** The file that was opened holds something else. */
  const [isOther, setIsOther] = useState(false)
  const [link, setLink] = useState(() => useUi.getState().invitationLink)
  const [invited, setInvited] = useState<EngineOutput<'join.preview'> | null>(null)
  const [deviceName, setDeviceName] = useState(useSessionState(state => state.info?.deviceName ?? ''))
  const linkId = useId()

  const check = async (event: FormEvent) => {
    event.preventDefault()
    await look(link.trim())
  }
  const look = async (whole: string) => {
    const answer = await preview.run({ link: whole })
    if (answer !== undefined) setInvited(answer)
  }
  const openFile = async (bytes: Uint8Array<ArrayBuffer>) => {
    const opened = await takeFile.run({ bytes })
    if (opened === undefined) return
    setIsOther(opened.kind !== 'invitation')
    if (opened.kind !== 'invitation') return
    setLink(opened.link)
    await look(opened.link)
  }
  const ask = (event: FormEvent) => {
    event.preventDefault()
    useUi.setState({ invitationLink: '' })
    void start.run({ link: link.trim(), deviceName: deviceName.trim() })
  }

  if (invited !== null) {
    const { organisation, name, title } = invited
    return (
      <SetupLayout
        badge={{ name, title, organisation, state: 'unsigned' }}
        steps={stepsAt('join', 2)}
        title={t('join.previewTitle')}
        lede={t('join.previewLede', { organisation })}
      >
        <form className={styles.form} onSubmit={ask}>
          <InvitedPerson invited={invited} until={calendarDay(invited.expiresAt, Date.now())} />
          <Field
            label={t('join.deviceName')}
            hint={t('join.deviceHint')}
            value={deviceName}
            error={lineFault(deviceName)}
            required
            maxLength={MAX_NAME_CHARACTERS}
            onValue={setDeviceName}
          />
          <ErrorNote code={start.error} />
          <div className={styles.acts}>
            <Button size="large" onClick={() => setInvited(null)}>
              {t('action.back')}
            </Button>
            <Button
              kind="primary"
              size="large"
              type="submit"
              isBusy={start.isBusy}
              disabled={deviceName.trim() === '' || lineFault(deviceName) !== null}
            >
              {t('join.action')}
            </Button>
          </div>
        </form>
      </SetupLayout>
    )
  }
  return (
    <SetupLayout
      badge={{ name: '', title: '', organisation: '', state: 'unsigned' }}
      steps={stepsAt('join', 1)}
      title={t('join.title')}
      lede={t('join.lede')}
    >
      <form className={styles.form} onSubmit={event => void check(event)}>
        <div>
          <label className={styles.label} htmlFor={linkId}>
            {t('join.link')}
          </label>
          <textarea
            id={linkId}
            className={styles.link}
            value={link}
            required
            maxLength={MAX_INVITATION_CHARACTERS}
            spellCheck={false}
            placeholder={t('join.linkPlaceholder')}
            onChange={event => {
              setLink(event.target.value)
              preview.clearError()
            }}
          />
        </div>
        <ErrorNote code={preview.error ?? takeFile.error} />
        {isOther && (
          <p className={styles.note} role="alert">
            {t('joinFile.notInvitation')}
          </p>
        )}
        <div className={styles.acts}>
          <Button size="large" onClick={onBack}>
            {t('action.back')}
          </Button>
          <OpenFile
            size="large"
            label={t('joinFile.openInvitation')}
            isBusy={takeFile.isBusy}
            onFile={({ bytes }) => void openFile(bytes)}
          />
          <Button kind="primary" size="large" type="submit" isBusy={preview.isBusy} disabled={link.trim() === ''}>
            {t('join.check')}
          </Button>
        </div>
      </form>
    </SetupLayout>
  )
}
