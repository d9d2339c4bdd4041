import type { Versions } from '../../../org/index.ts'
import type { DeviceId } from '../../../shared/ids.ts'

/** Milliseconds in which several documents that are taken over one after the other are told of in one message. */
const TOLD_AFTER = 300

export interface TellingInit {
  /** What this device has in force. */
  own(): Versions
  connected(): readonly DeviceId[]
  /** Whether the device keeps an overview of who has which version. */
  isOverseer(device: DeviceId): boolean
  tell(device: DeviceId): void
}

/**
 * Who has heard from this device what it has in force. News goes to those who lack it; those who have it already, because
 * this device has it from them or because they keep the overview, hear of it once as well: otherwise they would take this
 * device for one that is behind.
 */
export interface Telling {
  /** It is being told this, or was answered it. */
  noteTold(device: DeviceId, versions: Versions): void
  /** What it was told has not arrived. */
  noteUntold(device: DeviceId): void
  hasHeard(device: DeviceId): boolean
  /** Something was taken over from this device. */
  noteTakenFrom(device: DeviceId): void
  /** Tells soon whoever should hear and has not; once for each device and state. */
  tellSoon(): void
  onDisconnected(device: DeviceId): void
  stop(): void
}

/** Notices and proposals are evened out by exchanges of their own, which tell both sides. */
const stateOf = ({ root, list, listHash, freshness, order }: Versions) =>
  [root, list, listHash, freshness, order].join(' ')

export const createTelling = ({ own, connected, isOverseer, tell }: TellingInit): Telling => {
  const told = new Map<DeviceId, string>()
  const takenFrom = new Set<DeviceId>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const hasHeard = (device: DeviceId) => told.get(device) === stateOf(own())

  const tellThem = () => {
    timer = undefined
    for (const device of connected())
      if ((takenFrom.has(device) || isOverseer(device)) && !hasHeard(device)) tell(device)
    takenFrom.clear()
  }

  const tellSoon = () => {
    if (timer !== undefined || isStopped) return
    timer = setTimeout(tellThem, TOLD_AFTER)
    timer.unref()
  }

  return {
    noteTold: (device, versions) => void told.set(device, stateOf(versions)),
    noteUntold: device => void told.delete(device),
    hasHeard,
    noteTakenFrom(device) {
      takenFrom.add(device)
      tellSoon()
    },
    tellSoon,
    onDisconnected(device) {
      told.delete(device)
      takenFrom.delete(device)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
