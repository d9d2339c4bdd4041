import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import type { Directory } from '../delivery/types.ts'
import { createEmitter } from '../emitter.ts'
import type { Store } from '../storage/store.ts'

/** Who is there: whoever has a device connected to this one. */
export interface Presence {
  onConnected(device: DeviceId): void
  onDisconnected(device: DeviceId): void
  /** Colleagues, this person not included. */
  online(): PersonId[]
  onChanged(listener: () => void): () => void
}

export interface PresenceInit {
  store: Store
  directory: Pick<Directory, 'self' | 'personOf'>
  now(): number
  log: Log
}

export const createPresence = ({ store, directory, now, log }: PresenceInit): Presence => {
  const changed = createEmitter()
  /** The person is kept as well: at the disconnection of a removed device the directory does not know them any more. */
  const connected = new Map<DeviceId, PersonId>()

  const rememberSeen = (person: PersonId) => {
    const at = now()
    store
      .write(tx => {
        if (tx.run('UPDATE people SET last_seen_at = ? WHERE id = ?', at, person) > 0) tx.markChanged('person', person)
      })
      .catch((error: unknown) => log.warn({ person, error }, 'presence could not be remembered'))
  }

  return {
    onConnected(device) {
      const person = directory.personOf(device)
      if (person === undefined) return
      connected.set(device, person)
      rememberSeen(person)
      changed.emit()
    },
    onDisconnected(device) {
      const person = connected.get(device)
      if (person === undefined) return
      connected.delete(device)
      rememberSeen(person)
      changed.emit()
    },
    online: () => [...new Set(connected.values())].filter(person => person !== directory.self.personId),
    onChanged: changed.on,
  }
}
