import { type ReactNode, useState } from 'react'
import type { ErrorCode } from '../../../shared/errors.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { PassphraseField } from '../PassphraseField.tsx'

export interface AdminUnlock {
  /** Asks for the passphrase inside a form; nothing while the key is unlocked. */
  readonly field: ReactNode
  /** False when it failed; then `error` says why. */
  unlock(): Promise<boolean>
  readonly isBusy: boolean
  readonly error: ErrorCode | null
}

/** The administrator's passphrase, where something is to be signed and the key is not unlocked at this moment. */
export const useAdminUnlock = (): AdminUnlock => {
  const { adminUnlocked } = useOrganisation()
  const { run, isBusy, error } = useCall('admin.unlock')
  const [passphrase, setPassphrase] = useState('')
  return {
    field: adminUnlocked ? null : (
      <PassphraseField
        label={t('approve.passphrase')}
        hint={t('approve.passphraseHint')}
        value={passphrase}
        autoComplete="current-password"
        required
        onValue={setPassphrase}
      />
    ),
    unlock: async () => adminUnlocked || (await run({ passphrase })) !== undefined,
    isBusy,
    error,
  }
}
