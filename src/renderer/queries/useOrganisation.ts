import type { Organisation, Status } from '../../shared/contract/entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import { useSessionState } from '../session-context.tsx'

export const useStatus = (): Status => {
  const status = useSessionState(state => state.status)
  if (status === null) throw new LanyardError('internal', 'The status is not known yet')
  return status
}

/** Only for components below the frame, which is shown to members. */
export const useOrganisation = (): Organisation => {
  const { organisation } = useStatus()
  if (organisation === null) throw new LanyardError('not-joined', 'There is no organisation yet')
  return organisation
}
