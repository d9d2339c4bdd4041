import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { HistoryGap } from '../list/history-gaps.ts'
import type { ListHistory } from '../list/list-history.ts'
import type { IgnoredDevices } from './ignored-devices.ts'
import type { AskPeer } from './sync-asking.ts'

/** Milliseconds for up to 512 KiB of steps, or one that is larger. */
const HISTORY_TIMEOUT = 30_000

export interface HistoryFetchInit {
  history: ListHistory
  askPeer: AskPeer
  /** Connected devices that say to have a list at least as new as this version. */
  whoHas(version: number): readonly DeviceId[]
  ignored: IgnoredDevices
  log: Log
}

/** Fetches older versions of the list that this device never saw, in the background, one answer after the other. */
export interface HistoryFetch {
  /** Somebody has connected, or a new list has come. Does nothing where all is here or it is under way. */
  start(): void
  stop(): void
}

export const createHistoryFetch = ({ history, askPeer, whoHas, ignored, log }: HistoryFetchInit): HistoryFetch => {
  let isRunning = false
  let isStopped = false

  /** Whether the device had anything of it. */
  const fetchFrom = async (device: DeviceId, gap: HistoryGap): Promise<boolean> => {
    const { hash: listHash } = gap.from.version.list
    const { steps } = await askPeer(device, { kind: 'history-wanted', listHash }, ['history'], HISTORY_TIMEOUT)
    return history.fill(gap, steps)
  }

  const fillGaps = async () => {
    /** What nobody who is here has, like the past that a thief gave their list: no reason to leave older gaps open. */
    const passed = new Set<number>()
    /** Those that had nothing of the gap that is open now. */
    let hadNone = new Set<DeviceId>()
    while (!isStopped) {
      const gap = await history.gap(passed)
      if (gap === undefined) return
      const device = whoHas(gap.newest).find(each => !hadNone.has(each) && !ignored.has(each))
      if (device === undefined) {
        passed.add(gap.from.place)
        hadNone = new Set()
        continue
      }
      try {
        if (await fetchFrom(device, gap)) hadNone = new Set()
        else hadNone.add(device)
      } catch (error) {
        if (!isLanyardError(error)) throw error
        hadNone.add(device)
        log.info({ device, code: error.code, error: error.message }, 'older versions could not be fetched')
        if (error.code !== 'network-failed' && error.code !== 'cancelled') ignored.ignore(device, error.message)
      }
    }
  }

  return {
    start() {
      if (isRunning || isStopped || history.isComplete()) return
      isRunning = true
      fillGaps()
        .catch((error: unknown) => log.error({ error }, 'the history could not be completed'))
        .finally(() => {
          isRunning = false
        })
    },
    stop() {
      isStopped = true
    },
  }
}
