import { useRef } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'
import { t } from '../locales/i18n.ts'
import { showToast } from '../ui-state.ts'
import { type AdminKey, useAdminKey } from './useAdminKey.ts'
import { useCall } from './useCall.ts'

export interface Signing {
  /** For `UnlockField`. */
  readonly adminKey: AdminKey
  /** Signs everything that is staged and says what came of it; false when it failed. */
  sign(): Promise<boolean>
  readonly isBusy: boolean
  readonly error: ErrorCode | null
}

/** One signature over everything that is staged, from any dialog. */
export const useSigning = (): Signing => {
  const adminKey = useAdminKey()
  const { run, isBusy, error } = useCall('changes.sign')
  const isSigning = useRef(false)
  const sign = async (): Promise<boolean> => {
    // A second press before the first was drawn as busy would find nothing left to sign, and say so.
    if (isSigning.current) return false
    isSigning.current = true
    const signed = await adminKey
      .open()
      .then(isOpen => (isOpen ? run({}) : undefined))
      .finally(() => {
        isSigning.current = false
      })
    if (signed === undefined) return false
    const { outcome, version, signatures, threshold } = signed
    showToast(
      outcome === 'in-force' ? t('sign.inForce', { version }) : t('sign.waiting', { version, signatures, threshold }),
    )
    return true
  }
  return { adminKey, sign, isBusy: adminKey.isBusy || isBusy, error: adminKey.error ?? error }
}
