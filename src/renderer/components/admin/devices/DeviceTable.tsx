import { Clock, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { DeviceState } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { calendarDay, exactTime } from '../../../text/dates.ts'
import { seenWords } from '../../../text/seen.ts'
import { Avatar } from '../../Avatar.tsx'
import { IconButton } from '../../IconButton.tsx'
import { PresenceMark } from '../../PresenceMark.tsx'
import { Tag } from '../../Tag.tsx'
import { RemoveDeviceDialog } from '../remove/RemoveDeviceDialog.tsx'
import styles from './DeviceTable.module.css'

/** Which list a device has, in words; behind is marked. */
const ListVersion = ({ version }: { version: number | null }) => {
  const { list } = useOrganisation()
  if (version === null) return t('devices.unknownVersion')
  const words = t('admin.version', { version })
  if (version >= list.version) return words
  return (
    <Tag kind="warning" icon={Clock}>
      {words}
    </Tag>
  )
}

const Seen = ({ device: { isOnline, isThisDevice, seenAt } }: { device: DeviceState }) => {
  const now = useNow(MINUTE)
  if (isOnline || isThisDevice) {
    return (
      <span className={styles.online}>
        <PresenceMark presence="online" />
        {t('devices.online')}
      </span>
    )
  }
  if (seenAt === null) return t('devices.never')
  return <span title={exactTime(seenAt)}>{seenWords(seenAt, now)}</span>
}

export const DeviceTable = ({ devices }: { devices: readonly DeviceState[] }) => {
  const now = useNow(MINUTE)
  const [removing, setRemoving] = useState<DeviceState | null>(null)
  return (
    <div className={styles.container}>
      <table className={styles.table} aria-label={t('devices.table')}>
        <thead>
          <tr>
            <th scope="col">{t('devices.device')}</th>
            <th scope="col">{t('devices.seen')}</th>
            <th scope="col">{t('devices.version')}</th>
            <th scope="col">
              <span className={styles.hidden}>{t('devices.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map(device => {
            const { id, personId, name, deviceName, addedAt, listVersion, isThisDevice } = device
            return (
              <tr key={id}>
                <th scope="row">
                  <span className={styles.device}>
                    <Avatar id={personId} name={name} size={32} />
                    <span className={styles.words}>
                      <span className={styles.name} title={deviceName}>
                        {deviceName}
                        {isThisDevice && <span className={styles.own}> {t('devices.thisDevice')}</span>}
                      </span>
                      <span className={styles.detail} title={name}>
                        {name}, {t('devices.added', { day: calendarDay(addedAt, now) })}
                      </span>
                    </span>
                  </span>
                </th>
                <td>
                  <Seen device={device} />
                </td>
                <td>
                  <ListVersion version={listVersion} />
                </td>
                <td className={styles.act}>
                  {!isThisDevice && (
                    <IconButton
                      icon={Trash2}
                      size="small"
                      label={t('devices.removeName', { device: deviceName, name })}
                      onClick={() => setRemoving(device)}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {removing !== null && (
        <RemoveDeviceDialog devices={[removing]} name={removing.name} onClose={() => setRemoving(null)} />
      )}
    </div>
  )
}
