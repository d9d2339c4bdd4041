import { useEffect, useState } from 'react'
import type { DeviceState } from '../../shared/contract/administration-entities.ts'
import type { EngineClient, EngineOutput } from '../../shared/contract/engine.ts'
import type { Person } from '../../shared/contract/entities.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { MAX_DEVICE_PAGE } from '../../shared/limits.ts'
import { reportFailure } from '../actions/report-failure.ts'
import { useSession } from '../session-context.tsx'

const readDevices = async (call: EngineClient['call'], { id, devices }: Person): Promise<DeviceState[]> => {
  const found: DeviceState[] = []
  let after: DeviceId | null = null
  do {
    const page: EngineOutput<'devices.page'> = await call('devices.page', {
      show: 'all',
      after,
      limit: MAX_DEVICE_PAGE,
    })
    found.push(...page.devices.filter(({ personId }) => personId === id))
    after = page.next
  } while (after !== null && found.length < devices)
  return found
}

/** The devices of one person, read through all pages. Undefined until read; a failure is said in a toast. */
export const useDevicesOf = (person: Person): readonly DeviceState[] | undefined => {
  const { engine } = useSession()
  const [devices, setDevices] = useState<readonly DeviceState[]>()
  useEffect(() => {
    let isCurrent = true
    readDevices(engine, person).then(found => isCurrent && setDevices(found), reportFailure)
    return () => {
      isCurrent = false
    }
  }, [engine, person])
  return devices
}
