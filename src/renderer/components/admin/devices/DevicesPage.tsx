import { useState } from 'react'
import type { DeviceState } from '../../../../shared/contract/administration-entities.ts'
import type { EngineInput, EngineOutput } from '../../../../shared/contract/engine.ts'
import type { DeviceId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { type ReadPage, usePages } from '../../../queries/usePages.ts'
import { Button } from '../../Button.tsx'
import { Chips } from '../../Chips.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Stat, StatStrip } from '../../StatStrip.tsx'
import { AdminPane, AdminSection } from '../AdminPane.tsx'
import styles from './DevicesPage.module.css'
import { DeviceTable } from './DeviceTable.tsx'

/** Devices read at a time. */
const PAGE = 100

type Show = EngineInput<'devices.page'>['show']
type Counts = EngineOutput<'devices.page'>['counts']

const reader =
  (show: Show): ReadPage<DeviceState, DeviceId, Counts> =>
  async (engine, after) => {
    const { devices, next, counts } = await engine('devices.page', { show, after, limit: PAGE })
    return { rows: devices, next, rest: counts }
  }

/** One for each filter, so that the hook knows by what its rows were read. */
const READERS = { all: reader('all'), behind: reader('behind'), unseen: reader('unseen') } as const

const DeviceCounts = ({ counts }: { counts: Counts }) => {
  const { list } = useOrganisation()
  const { all, upToDate, behind, unseen } = counts
  return (
    <StatStrip label={t('devices.title')}>
      <Stat
        label={t('devices.upToDate')}
        value={
          <>
            {t('devices.upToDateOf', { count: upToDate, all })}
            <meter className={styles.meter} aria-hidden="true" min={0} max={Math.max(1, all)} value={upToDate} />
          </>
        }
        note={t('devices.upToDateNote', { version: list.version })}
      />
      <Stat label={t('devices.behind')} value={behind} note={t('devices.behindNote')} />
      <Stat label={t('devices.unseen')} value={unseen} note={t('devices.unseenNote')} isWarning={unseen > 0} />
    </StatStrip>
  )
}

/** How far every device is, as this one has heard. */
export const DevicesPage = () => {
  const [show, setShow] = useState<Show>('all')
  const { rows, rest: counts, hasMore, isBusy, error, more } = usePages(READERS[show])
  return (
    <AdminPane title={t('devices.title')}>
      {counts !== undefined && <DeviceCounts counts={counts} />}
      <AdminSection
        id="device-list"
        title={t('devices.table')}
        aside={
          <Chips
            label={t('devices.filter')}
            value={show}
            options={[
              ['all', t('devices.all')],
              ['behind', t('devices.behind')],
              ['unseen', t('devices.unseen')],
            ]}
            onValue={setShow}
          />
        }
      >
        <ErrorNote code={error} />
        {rows !== undefined && rows.length > 0 && <DeviceTable devices={rows} />}
        {rows?.length === 0 && (
          <p className={styles.none} role="status">
            {t('devices.none')}
          </p>
        )}
        {hasMore && (
          <div className={styles.more}>
            <Button isBusy={isBusy} onClick={more}>
              {t('devices.more')}
            </Button>
          </div>
        )}
        <p className={styles.honest}>{t('devices.honest')}</p>
      </AdminSection>
    </AdminPane>
  )
}
