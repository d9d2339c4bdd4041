import type { DeviceId } from '../../shared/ids.ts'
import { MANY_CONNECTIONS, MAX_RECORDS_PER_FRAME, NEWS_DELAY, NEWS_FANOUT } from './constants.ts'
import type { Holdings } from './frames.ts'
import type { PeerRecord } from './peer-record.ts'

export interface NewsInit {
  connected(): DeviceId[]
  /** One frame for one colleague. */
  tell(device: DeviceId, records: PeerRecord[]): void
  /** Uniform in [0, 1). */
  random(): number
}

export interface News {
  /** We have learned it just now, from `source` unless it is our own. */
  add(record: PeerRecord, source: DeviceId | undefined): void
  /** A colleague has shown that it holds this: no need to tell. */
  isKnownTo(device: DeviceId, holdings: Holdings): void
  stop(): void
}

interface Item {
  record: PeerRecord
  isOwn: boolean
  knownBy: Set<DeviceId>
}

/** In random order. */
const shuffle = <T>(all: readonly T[], random: () => number): T[] =>
  all
    .map(one => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one)

/**
 * What was learned lately and is passed on soon: several records in one frame, each once, and only to those who have not
 * shown meanwhile that they know. What is missed is found when two compare what they hold.
 */
export const createNews = ({ connected, tell, random }: NewsInit): News => {
  const items = new Map<DeviceId, Item>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const passOn = () => {
    timer = undefined
    const all = shuffle(connected(), random)
    const few = new Set(all.slice(0, NEWS_FANOUT))
    const isToldToAll = all.length <= MANY_CONNECTIONS
    for (const device of all) {
      const isFor = ({ isOwn, knownBy }: Item) => !knownBy.has(device) && (few.has(device) || (isOwn && isToldToAll))
      const lacking = [...items.values()].filter(isFor).map(({ record }) => record)
      for (let n = 0; n < lacking.length; n += MAX_RECORDS_PER_FRAME)
        tell(device, lacking.slice(n, n + MAX_RECORDS_PER_FRAME))
    }
    items.clear()
  }

  return {
    add(record, source) {
      if (isStopped) return
      const knownBy = new Set([record.device, ...(source === undefined ? [] : [source])])
      items.set(record.device, { record, isOwn: source === undefined, knownBy })
      timer ??= setTimeout(passOn, NEWS_DELAY.min + random() * (NEWS_DELAY.max - NEWS_DELAY.min))
    },
    isKnownTo(device, holdings) {
      for (const { record, knownBy } of items.values())
        if ((holdings.get(record.device) ?? 0) >= record.seq) knownBy.add(device)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      items.clear()
    },
  }
}
