import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store } from '../../storage/store.ts'

/** Milliseconds until what devices say is written: an office that starts together is one commit, not hundreds. */
const WRITTEN_AFTER = 2_000

export interface DeviceVersion {
  readonly listVersion: number
  /** When it said so, or was last connected, by this device's clock. */
  readonly seenAt: number
}

/** How far each device said that it is. A claim: good enough for an overview. */
export interface DeviceVersions {
  note(device: DeviceId, listVersion: number): void
  /** It is not connected any more. */
  noteGone(device: DeviceId): void
  of(device: DeviceId): DeviceVersion | undefined
  /** After a device was heard of again; several at once. */
  onChanged(listener: () => void): () => void
  /** Writes what is not written yet. */
  stop(): Promise<void>
}

export interface DeviceVersionsInit {
  store: Store
  now(): number
  log: Log
}

interface Row {
  device_id: DeviceId
  list_version: number
  seen_at: number
}

export const createDeviceVersions = ({ store, now, log }: DeviceVersionsInit): DeviceVersions => {
  const known = new Map<DeviceId, DeviceVersion>(
    store
      .all<Row>('SELECT device_id, list_version, seen_at FROM device_versions')
      .map(row => [row.device_id, { listVersion: row.list_version, seenAt: row.seen_at }]),
  )
  const unwritten = new Set<DeviceId>()
  const changed = createEmitter()
  let timer: NodeJS.Timeout | undefined

  const write = async () => {
    clearTimeout(timer)
    timer = undefined
    const devices = [...unwritten]
    unwritten.clear()
    if (devices.length === 0) return
    await store.write(tx => {
      for (const device of devices) {
        const version = known.get(device)
        if (version === undefined) continue
        tx.run(
          'INSERT OR REPLACE INTO device_versions (device_id, list_version, seen_at) VALUES (?, ?, ?)',
          device,
          version.listVersion,
          version.seenAt,
        )
      }
    })
  }

  const remember = (device: DeviceId, listVersion: number) => {
    known.set(device, { listVersion, seenAt: now() })
    unwritten.add(device)
    if (timer !== undefined) return
    timer = setTimeout(() => {
      write().catch((error: unknown) => log.warn({ error }, 'versions of devices could not be remembered'))
      changed.emit()
    }, WRITTEN_AFTER)
    timer.unref()
  }

  return {
    note: remember,
    noteGone(device) {
      const version = known.get(device)
      if (version !== undefined) remember(device, version.listVersion)
    },
    of: device => known.get(device),
    onChanged: changed.on,
    stop: write,
  }
}
