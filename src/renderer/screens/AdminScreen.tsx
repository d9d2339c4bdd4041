import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { AdminNav, type AdminPage } from '../components/admin/AdminNav.tsx'
import { InvitationRows } from '../components/admin/InvitationRows.tsx'
import { InviteDialog } from '../components/admin/InviteDialog.tsx'
import { ListStatus } from '../components/admin/ListStatus.tsx'
import { RequestRows } from '../components/admin/RequestRows.tsx'
import { Button } from '../components/Button.tsx'
import { CountBadge } from '../components/CountBadge.tsx'
import { Banners } from '../components/frame/Banners.tsx'
import { t } from '../locales/i18n.ts'
import { useInvitations, useJoinRequests } from '../queries/useAdministration.ts'
import { useOrganisation } from '../queries/useOrganisation.ts'
import { useUi } from '../ui-state.ts'
import styles from './AdminScreen.module.css'

const setInviting = (isInviting: boolean) => useUi.setState({ isInviting })

export const AdminScreen = () => {
  const isInviting = useUi(state => state.isInviting)
  const requests = useJoinRequests()
  const invitations = useInvitations()
  const { list } = useOrganisation()
  const [page, setPage] = useState<AdminPage>('list')
  const open = invitations?.filter(({ state }) => state === 'open')
  const shows = (part: AdminPage) => page === 'list' || page === part
  const main = (
    <main className={styles.main} aria-label={t('admin.title')} data-pane tabIndex={-1}>
      <header className={styles.head}>
        <h2>{t('admin.contactList')}</h2>
        <Button kind="primary" icon={UserPlus} onClick={() => setInviting(true)}>
          {t('admin.invite')}
        </Button>
      </header>
      <Banners />
      <div className={styles.body}>
        {page === 'list' && <ListStatus />}
        {shows('requests') && (
          <section aria-labelledby="join-requests">
            <div className={styles.sectionHead}>
              <h3 id="join-requests">{t('admin.requests')}</h3>
              {requests !== undefined && requests.length > 0 && (
                <CountBadge count={requests.length} label={t('rail.new', { count: requests.length })} />
              )}
              <p className={styles.hint}>{t('admin.compare')}</p>
            </div>
            {requests !== undefined && <RequestRows requests={requests} />}
          </section>
        )}
        {shows('invitations') && (
          <section aria-labelledby="invitations">
            <div className={styles.sectionHead}>
              <h3 id="invitations">{t('admin.invitations')}</h3>
              <span className={styles.count}>{open?.length ?? ''}</span>
            </div>
            {open !== undefined && <InvitationRows invitations={open} />}
          </section>
        )}
      </div>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </main>
  )
  return (
    <div className={styles.panes}>
      <AdminNav
        page={page}
        people={list.people}
        requests={requests?.length ?? 0}
        invitations={open?.length ?? 0}
        onPage={setPage}
      />
      {main}
    </div>
  )
}
