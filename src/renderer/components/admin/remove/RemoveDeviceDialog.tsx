import { useState } from 'react'
import type { DeviceState } from '../../../../shared/contract/administration-entities.ts'
import type { Person } from '../../../../shared/contract/entities.ts'
import type { DeviceId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import { useDevicesOf } from '../../../queries/useDevicesOf.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { calendarDay } from '../../../text/dates.ts'
import { Radios } from '../../Radios.tsx'
import { RemovalDialog } from './RemovalDialog.tsx'

export interface RemoveDeviceDialogProps {
  /** Those that may go; one of several is asked for. */
  devices: readonly Pick<DeviceState, 'id' | 'deviceName' | 'addedAt'>[]
  /** Whose they are. */
  name: string
  onClose(): void
}

/** Takes one device off the list; its person stays. */
export const RemoveDeviceDialog = ({ devices, name, onClose }: RemoveDeviceDialogProps) => {
  const [chosen, setChosen] = useState<DeviceId | null>(null)
  const now = useNow(MINUTE)
  const device = devices.find(({ id }) => id === chosen) ?? devices[0]
  return (
    <RemovalDialog
      title={t('removal.deviceTitle', { name })}
      isPerson={false}
      reasons={['lost', 'stolen', 'replaced', 'left']}
      edit={reason => (device === undefined ? null : { kind: 'remove-device', deviceId: device.id, reason })}
      onClose={onClose}
    >
      {device !== undefined && (
        <Radios<DeviceId>
          label={t('removal.which')}
          value={device.id}
          options={devices.map(
            ({ id, deviceName, addedAt }) =>
              [id, t('removal.device', { device: deviceName, day: calendarDay(addedAt, now) })] as const,
          )}
          onValue={setChosen}
        />
      )}
    </RemovalDialog>
  )
}

/** The same for a person whose devices are not on screen. */
export const RemoveDeviceOf = ({ person, onClose }: { person: Person; onClose(): void }) => {
  const devices = useDevicesOf(person)
  if (devices === undefined) return null
  return (
    <RemoveDeviceDialog
      devices={devices.filter(({ isThisDevice }) => !isThisDevice)}
      name={person.name}
      onClose={onClose}
    />
  )
}
