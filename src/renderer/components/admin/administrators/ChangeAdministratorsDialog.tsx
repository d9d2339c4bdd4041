import { PenLine } from 'lucide-react'
import { useId, useState } from 'react'
import type { Administrators } from '../../../../shared/contract/administration-entities.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { CHOSEN_ROLES, type ChosenRole, emptyRoles, namesAfter, type RootChange } from '../../../text/administrators.ts'
import { sheetFault } from '../../../text/recovery-words.ts'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { Dialog, LeaveButton } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { NO_WORDS, RecoverySheetField } from '../../RecoverySheetField.tsx'
import { useChanged } from '../../useChanged.ts'
import dialogs from '../dialogs.module.css'
import { ChooseKeys } from './ChooseKeys.tsx'
import { Consequences } from './Consequences.tsx'
import { ThresholdSteppers } from './ThresholdSteppers.tsx'

export interface ChangeAdministratorsDialogProps {
  administrators: Administrators
  /** Offers whose words have been compared. */
  offered: readonly string[]
  onClose(): void
}

const thresholdsNow = ({ roles }: Administrators): Record<ChosenRole, number> => ({
  contacts: roles.contacts.threshold,
  orders: roles.orders.threshold,
  root: roles.root.threshold,
})

/** A threshold can never be above the keys that there will be. */
const bounded = (now: Administrators, change: RootChange): Record<ChosenRole, number> => {
  const within = (role: ChosenRole) =>
    Math.max(1, Math.min(change.thresholds[role], namesAfter(now, change, role).length))
  return { contacts: within('contacts'), orders: within('orders'), root: within('root') }
}

/** Takes up offers, takes keys away, sets thresholds; then asks for the recovery sheet that signs it. */
export const ChangeAdministratorsDialog = ({ administrators, offered, onClose }: ChangeAdministratorsDialogProps) => {
  const [change, setChange] = useState<RootChange>(() => ({
    add: new Set(offered),
    remove: new Set(),
    thresholds: thresholdsNow(administrators),
  }))
  const [isSigning, setSigning] = useState(false)
  const [words, setWords] = useState(NO_WORDS)
  const sign = useCall('administrators.change')
  const isChanged = useChanged({ change, words })
  const form = useId()
  const thresholds = bounded(administrators, change)
  const before = thresholdsNow(administrators)
  const isNothing =
    change.add.size === 0 && change.remove.size === 0 && CHOSEN_ROLES.every(role => thresholds[role] === before[role])
  const canSign = !isNothing && emptyRoles(administrators, change).length === 0

  const run = async () => {
    if (sheetFault(words) !== null) return
    const { add, remove } = change
    const keys = administrators.keys.filter(({ id }) => remove.has(id)).map(({ id }) => id)
    const done = await sign.run({ words: [...words], add: [...add], remove: keys, thresholds })
    if (done === undefined) return
    const { outcome, signatures, threshold } = done
    showToast(outcome === 'in-force' ? t('admins.inForce') : t('admins.waiting', { signatures, threshold }))
    onClose()
  }

  if (isSigning) {
    return (
      <Dialog
        title={t('admins.wordsTitle')}
        isChanged={isChanged}
        onClose={onClose}
        footer={
          <>
            <Button onClick={() => setSigning(false)}>{t('action.back')}</Button>
            <Button
              kind="primary"
              icon={PenLine}
              type="submit"
              form={form}
              isBusy={sign.isBusy}
              disabled={sheetFault(words) !== null}
            >
              {t('admins.sign')}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className={dialogs.form}
          onSubmit={event => {
            event.preventDefault()
            void run()
          }}
        >
          <p className={dialogs.lede}>{t('admins.wordsLede')}</p>
          <RecoverySheetField words={words} onWords={setWords} />
          <Consequences administrators={administrators} change={{ ...change, thresholds }} />
          <ErrorNote code={sign.error} />
        </form>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t('admins.changeTitle')}
      isChanged={isChanged}
      onClose={onClose}
      footer={
        <>
          <LeaveButton />
          <Button kind="primary" disabled={!canSign} onClick={() => setSigning(true)}>
            {t('admins.toWords')}
          </Button>
        </>
      }
    >
      <div className={dialogs.form}>
        <p className={dialogs.lede}>{t('admins.changeLede')}</p>
        <ChooseKeys administrators={administrators} offered={offered} change={change} onChange={setChange} />
        <ThresholdSteppers
          administrators={administrators}
          change={{ ...change, thresholds }}
          onThreshold={(role, threshold) => setChange({ ...change, thresholds: { ...thresholds, [role]: threshold } })}
        />
        <Consequences administrators={administrators} change={{ ...change, thresholds }} />
      </div>
    </Dialog>
  )
}
