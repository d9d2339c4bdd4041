import type { RecordedChange } from '../../../../shared/contract/administration-entities.ts'
import { useConsole } from '../../../queries/useConsole.ts'

const addedDevices = (changes: readonly RecordedChange[]): readonly string[] =>
  changes.flatMap(change => (change.kind === 'device-added' ? [change.deviceId] : []))

/** Devices that somebody has approved and that lack signatures: their requests need no second answer. */
export const useApprovedDevices = (): ReadonlySet<string> => {
  const { data } = useConsole('changes.get', {})
  if (data === undefined) return new Set()
  const waiting = [data.staged.map(({ change }) => change), ...data.proposals.map(({ changes }) => changes)]
  return new Set(waiting.flatMap(addedDevices))
}
