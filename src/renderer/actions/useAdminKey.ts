import { useState } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'
import { useOrganisation } from '../queries/useOrganisation.ts'
import { useCall } from './useCall.ts'

export interface AdminKey {
  /** Whether a passphrase has to be typed before something can be signed. */
  readonly isLocked: boolean
  readonly passphrase: string
  setPassphrase(passphrase: string): void
  /** True when the key is open, also when it was before. */
  open(): Promise<boolean>
  readonly isBusy: boolean
  readonly error: ErrorCode | null
}

/** This administrator's signing key, opened in the form that signs; see `UnlockField`. */
export const useAdminKey = (): AdminKey => {
  const { adminUnlocked } = useOrganisation()
  const { run, isBusy, error } = useCall('admin.unlock')
  const [passphrase, setPassphrase] = useState('')
  return {
    isLocked: !adminUnlocked,
    passphrase,
    setPassphrase,
    open: async () => adminUnlocked || (await run({ passphrase })) !== undefined,
    isBusy,
    error,
  }
}
