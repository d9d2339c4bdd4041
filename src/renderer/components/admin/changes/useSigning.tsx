import type { ReactNode } from 'react'
import type { ErrorCode } from '../../../../shared/errors.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { showToast } from '../../../ui-state.ts'
import { useAdminUnlock } from '../useAdminUnlock.tsx'

export interface Signing {
  /** The passphrase, where it is needed. */
  readonly field: ReactNode
  /** Signs what is staged and says what came of it; false when it failed. */
  sign(): Promise<boolean>
  readonly isBusy: boolean
  readonly error: ErrorCode | null
}

/** One signature over everything that is staged, from any dialog. */
export const useSigning = (): Signing => {
  const admin = useAdminUnlock()
  const { run, isBusy, error } = useCall('changes.sign')
  const sign = async (): Promise<boolean> => {
    if (!(await admin.unlock())) return false
    const signed = await run({})
    if (signed === undefined) return false
    const { outcome, version, signatures, threshold } = signed
    const words =
      outcome === 'in-force' ? t('sign.inForce', { version }) : t('sign.waiting', { version, signatures, threshold })
    showToast(words)
    return true
  }
  return { field: admin.field, sign, isBusy: admin.isBusy || isBusy, error: admin.error ?? error }
}
