import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'

export interface ListedDevice {
  readonly id: DeviceId
  readonly personId: PersonId
  /** X25519 public key, 32 bytes. The Ed25519 key is the id. */
  readonly dh: Uint8Array
}

/** Who has which devices by the newest list, in memory: asked for every frame and every message. */
export interface Directory {
  /** Undefined for a device that is not, or not any more, on the list. */
  device(id: DeviceId): ListedDevice | undefined
  /** Empty for somebody who is not on the list. */
  devicesOf(person: PersonId): readonly ListedDevice[]
  /** Every device on the list, this one included. */
  devices(): readonly ListedDevice[]
  name(person: PersonId): string | undefined
}

interface DeviceRow {
  id: DeviceId
  person_id: PersonId
  dh: Uint8Array
}

export interface ReloadableDirectory extends Directory {
  /** After the projection of a newer list has been committed. */
  reload(): void
}

export const createDirectory = (store: Reader): ReloadableDirectory => {
  let byId = new Map<DeviceId, ListedDevice>()
  let byPerson = new Map<PersonId, ListedDevice[]>()

  const reload = () => {
    const rows = store.all<DeviceRow>('SELECT id, person_id, dh FROM devices WHERE listed = 1 ORDER BY id')
    const devices = rows.map(({ id, person_id, dh }) => ({ id, personId: person_id, dh: new Uint8Array(dh) }))
    byId = new Map(devices.map(device => [device.id, device]))
    byPerson = Map.groupBy(devices, ({ personId }) => personId)
  }
  reload()

  return {
    device: id => byId.get(id),
    devicesOf: person => byPerson.get(person) ?? [],
    devices: () => [...byId.values()],
    name: person => store.get<{ name: string }>('SELECT name FROM people WHERE id = ?', person)?.name,
    reload,
  }
}
