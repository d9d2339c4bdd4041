import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { keyHolders } from '../../../text/administrators.ts'
import { calendarDay, dayAndClock } from '../../../text/dates.ts'
import { Button } from '../../Button.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { Stat, StatStrip } from '../../StatStrip.tsx'
import { TakeFile } from '../../TakeFile.tsx'
import { AdminPane, AdminSection } from '../AdminPane.tsx'
import { WaitingProposals } from '../proposals/WaitingProposals.tsx'
import styles from './AdministratorsPage.module.css'
import { ChangeAdministratorsDialog } from './ChangeAdministratorsDialog.tsx'
import { HolderRows } from './HolderRows.tsx'
import { OfferRows } from './OfferRows.tsx'
import { OwnOffer } from './OwnOffer.tsx'
import { RoleTable } from './RoleTable.tsx'

/** Milliseconds: two months before the root runs out its date is a warning; it takes people and paper to renew it. */
const WARNED_BEFORE = 60 * 86_400_000

export const AdministratorsPage = () => {
  const { name: organisation } = useOrganisation()
  const { data, error } = useConsole('administrators.get', {})
  const now = useNow(MINUTE)
  /** Open, with the offers that are to be taken up. */
  const [changing, setChanging] = useState<readonly string[] | null>(null)
  const change = (
    <Button kind="primary" icon={KeyRound} disabled={data === undefined} onClick={() => setChanging([])}>
      {t('admins.change')}
    </Button>
  )
  return (
    <AdminPane
      title={t('admin.administratorsPage')}
      actions={
        <>
          <TakeFile label={t('admins.openFile')} />
          {change}
        </>
      }
    >
      <p className={styles.lede}>{t('admins.lede', { organisation })}</p>
      <ErrorNote code={error} />
      {data !== undefined && (
        <>
          <StatStrip label={t('admins.root')}>
            <Stat
              label={t('admins.root')}
              value={t('admin.version', { version: data.rootVersion })}
              note={t('admins.rootNote', { time: dayAndClock(data.signedAt, now) })}
            />
            <Stat
              label={t('admins.count')}
              value={keyHolders(data.keys).length}
              note={t('admins.countNote', { count: data.keys.length })}
            />
            <Stat
              label={t('admins.valid')}
              value={calendarDay(data.expiresAt, now)}
              note={t('admins.validNote')}
              isWarning={data.expiresAt - now < WARNED_BEFORE}
            />
          </StatStrip>
          <WaitingProposals kind="root" />
          <AdminSection id="who-may-sign" title={t('admins.who')}>
            <RoleTable administrators={data} />
          </AdminSection>
          <AdminSection id="key-holders" title={t('admins.people')}>
            <HolderRows keys={data.keys} />
          </AdminSection>
          <AdminSection id="key-offers" title={t('admins.offers')}>
            <OfferRows offers={data.offers} onTake={id => setChanging([id])} />
            {data.ownOffer !== null && (
              <div className={styles.own}>
                <OwnOffer offer={data.ownOffer} />
              </div>
            )}
          </AdminSection>
          {changing !== null && (
            <ChangeAdministratorsDialog administrators={data} offered={changing} onClose={() => setChanging(null)} />
          )}
        </>
      )}
    </AdminPane>
  )
}
