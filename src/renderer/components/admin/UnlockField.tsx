import type { AdminKey } from '../../actions/useAdminKey.ts'
import { t } from '../../locales/i18n.ts'
import { PassphraseField } from '../PassphraseField.tsx'

/** Asks for the administrator passphrase inside a form that signs; nothing while the key is open. */
export const UnlockField = ({ adminKey }: { adminKey: AdminKey }) =>
  adminKey.isLocked && (
    <PassphraseField
      label={t('approve.passphrase')}
      hint={t('approve.passphraseHint')}
      value={adminKey.passphrase}
      autoComplete="current-password"
      required
      onValue={adminKey.setPassphrase}
    />
  )
