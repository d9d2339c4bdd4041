import { Clock, Laptop, type LucideIcon, ShieldCheck, Unplug } from 'lucide-react'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { Edit, RemovalReason } from '../../../../shared/contract/edits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { useSigning } from '../../../actions/useSigning.ts'
import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Icon } from '../../Icon.tsx'
import { Radios } from '../../Radios.tsx'
import dialogs from '../dialogs.module.css'
import { UnlockField } from '../UnlockField.tsx'
import styles from './RemovalDialog.module.css'

const Point = ({ icon, title, text }: { icon: LucideIcon; title: string; text: string }) => (
  <li>
    <Icon icon={icon} size={18} />
    <p>
      <strong>{title}</strong> {text}
    </p>
  </li>
)

/** What a removal does and what it does not, for the person who decides it. */
const Consequences = ({ isPerson }: { isPerson: boolean }) => (
  <ul className={styles.points} aria-label={t('removal.what')}>
    <Point
      icon={Unplug}
      title={t('removal.atOnce')}
      text={t(isPerson ? 'removal.atOncePerson' : 'removal.atOnceDevice')}
    />
    <Point icon={Clock} title={t('removal.away')} text={t('removal.awayText')} />
    <Point icon={Laptop} title={t('removal.told')} text={t('removal.toldText')} />
    <Point icon={ShieldCheck} title={t('removal.kept')} text={t('removal.keptText')} />
  </ul>
)

export interface RemovalDialogProps {
  title: string
  isPerson: boolean
  reasons: readonly RemovalReason[]
  /** Which device, where that is asked here. */
  children?: ReactNode
  /** Null while it is not known what is to go. */
  edit(reason: RemovalReason): Edit | null
  onClose(): void
}

/** Says plainly what happens, asks why, and signs at once where one signature is enough. */
export const RemovalDialog = (props: RemovalDialogProps) => {
  const { title, isPerson, reasons, children, edit: editFor, onClose } = props
  const { data: changes } = useConsole('changes.get', {})
  const stage = useCall('changes.stage')
  const signing = useSigning()
  const [reason, setReason] = useState<RemovalReason>(reasons[0] ?? 'left')
  const form = useId()
  const edit = editFor(reason)
  const canSignAlone = changes?.threshold === 1
  const others = changes?.stagedCount ?? 0
  const hasProblem = changes?.staged.some(({ problem }) => problem !== null) ?? false
  const signsNow = canSignAlone && !hasProblem

  const keep = async (): Promise<boolean> => edit !== null && (await stage.run({ edits: [edit] })) !== undefined
  const keepOnly = async () => {
    if (await keep()) onClose()
  }
  const signNow = async () => {
    // First the key: with a wrong passphrase nothing is left lying around.
    if (!(await signing.adminKey.open()) || !(await keep())) return
    if (await signing.sign()) onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void (signsNow ? signNow() : keepOnly())
  }
  return (
    <Dialog
      title={title}
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          {signsNow && (
            <Button isBusy={stage.isBusy} disabled={edit === null} onClick={() => void keepOnly()}>
              {t('removal.later')}
            </Button>
          )}
          <Button
            kind="danger"
            type="submit"
            form={form}
            isBusy={stage.isBusy || signing.isBusy}
            disabled={edit === null || changes === undefined}
          >
            {t(signsNow ? 'removal.now' : 'removal.prepare')}
          </Button>
        </>
      }
    >
      <form id={form} className={dialogs.form} onSubmit={submit}>
        {children}
        <Radios<RemovalReason>
          label={t('removal.why')}
          value={reason}
          options={reasons.map(each => [each, t(`removal.${isPerson ? 'person' : 'device'}.${each}`)] as const)}
          onValue={setReason}
        />
        <Consequences isPerson={isPerson} />
        {signsNow && others > 0 && <p className={dialogs.note}>{t('removal.alsoSigns', { count: others })}</p>}
        {!canSignAlone && changes !== undefined && (
          <p className={dialogs.note}>{t('removal.needsOthers', { threshold: changes.threshold })}</p>
        )}
        {signsNow && <UnlockField adminKey={signing.adminKey} />}
        <ErrorNote code={stage.error ?? signing.error} />
      </form>
    </Dialog>
  )
}
