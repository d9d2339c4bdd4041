import { fromHex } from '../../crypto/index.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Directory } from '../delivery/types.ts'
import type { Reader } from '../storage/statements.ts'

interface DeviceRow {
  id: DeviceId
  person_id: PersonId
  dh: Uint8Array
}

interface ListedDevice {
  person: PersonId
  /** X25519 public key; the Ed25519 key is the device's id. */
  dh: Uint8Array
}

/** Who is who, in memory: asked for every frame and every message. */
export interface MemoryDirectory extends Directory {
  /** Every device on the list, this one included. */
  devices(): readonly DeviceId[]
  /** After the projection of a newer list has been committed. */
  reload(): void
}

/** Reads the projection that `list-projection.ts` writes. */
export const createDirectory = (store: Reader, self: Directory['self']): MemoryDirectory => {
  let byDevice = new Map<DeviceId, ListedDevice>()
  let byPerson = new Map<PersonId, DeviceId[]>()
  /** Of the devices that were asked for: a few of thousands, and they are asked for with every message. */
  const keys = new Map<DeviceId, { sig: Uint8Array; dh: Uint8Array }>()

  const reload = () => {
    const rows = store.all<DeviceRow>('SELECT id, person_id, dh FROM devices WHERE listed = 1 ORDER BY id')
    byDevice = new Map(rows.map(({ id, person_id, dh }) => [id, { person: person_id, dh }]))
    byPerson = new Map()
    keys.clear()
    for (const { id, person_id } of rows) byPerson.set(person_id, [...(byPerson.get(person_id) ?? []), id])
  }
  reload()

  return {
    self,
    personOf: device => byDevice.get(device)?.person,
    devicesOf: person => byPerson.get(person) ?? [],
    isListed: person => byPerson.has(person),
    keysOf(device) {
      const known = keys.get(device)
      const listed = byDevice.get(device)
      if (known !== undefined || listed === undefined) return known
      const read = { sig: fromHex(device), dh: new Uint8Array(listed.dh) }
      keys.set(device, read)
      return read
    },
    devices: () => [...byDevice.keys()],
    reload,
  }
}
