import type { TrustedState } from '../../org/index.ts'
import type { DeviceState } from '../../shared/contract/administration-entities.ts'
import type { EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { DeviceVersions } from '../organisation/sync/device-versions.ts'

/** Milliseconds without a sign after which a device counts as unseen: longer than most holidays' first half. */
const UNSEEN_AFTER = 14 * 86_400_000

export interface DevicesPageInit {
  trusted(): TrustedState
  versions: DeviceVersions
  self: DeviceId
  connected(): readonly DeviceId[]
  now(): number
}

type Standing = 'upToDate' | 'behind' | 'unheard'

/** Which device has which version, by what it said last. */
export const createDevicesPage = ({ trusted, versions, self, connected, now }: DevicesPageInit) => {
  /** Ids in order, for the list that they are of. */
  let sorted: { of: TrustedState['devices']; ids: readonly DeviceId[] } | undefined

  const idsOf = (devices: TrustedState['devices']) => {
    if (sorted?.of !== devices) sorted = { of: devices, ids: [...devices.keys()].sort() }
    return sorted.ids
  }

  return ({ show, after, limit }: EngineInput<'devices.page'>): EngineOutput<'devices.page'> => {
    const { devices, list } = trusted()
    const online = new Set(connected())
    const time = now()

    const versionOf = (id: DeviceId) => (id === self ? list.header.version : (versions.of(id)?.listVersion ?? null))
    const seenAt = (id: DeviceId) => (id === self || online.has(id) ? time : (versions.of(id)?.seenAt ?? null))
    const standing = (id: DeviceId): Standing => {
      const version = versionOf(id)
      return version === null ? 'unheard' : version < list.header.version ? 'behind' : 'upToDate'
    }
    const isUnseen = (id: DeviceId) => (seenAt(id) ?? 0) < time - UNSEEN_AFTER

    const counts = { all: 0, upToDate: 0, behind: 0, unseen: 0 }
    const page: DeviceId[] = []
    let hasMore = false
    for (const id of idsOf(devices)) {
      const stands = standing(id)
      const unseen = isUnseen(id)
      counts.all += 1
      if (stands !== 'unheard') counts[stands] += 1
      if (unseen) counts.unseen += 1
      const isShown = show === 'all' || (show === 'unseen' ? unseen : stands === 'behind')
      if (!isShown || (after !== null && id <= after)) continue
      if (page.length < limit) page.push(id)
      else hasMore = true
    }

    const toState = (id: DeviceId): DeviceState[] => {
      const listed = devices.get(id)
      if (listed === undefined) return []
      const { device, person } = listed
      return [
        {
          id,
          personId: person.personId,
          name: person.name,
          deviceName: device.name,
          addedAt: device.addedAt,
          seenAt: seenAt(id),
          listVersion: versionOf(id),
          isOnline: id === self || online.has(id),
          isThisDevice: id === self,
        },
      ]
    }
    return { devices: page.flatMap(toState), next: hasMore ? (page.at(-1) ?? null) : null, counts }
  }
}

export type DevicesPage = ReturnType<typeof createDevicesPage>
