import { type ComponentType, useEffect } from 'react'
import type { WaitingPage } from '../../shared/contract/host.ts'
import { AdminNav } from '../components/admin/AdminNav.tsx'
import { AdministratorsPage } from '../components/admin/administrators/AdministratorsPage.tsx'
import { ChangesBar } from '../components/admin/changes/ChangesBar.tsx'
import { DevicesPage } from '../components/admin/devices/DevicesPage.tsx'
import { GroupsPage } from '../components/admin/groups/GroupsPage.tsx'
import { HistoryPage } from '../components/admin/history/HistoryPage.tsx'
import { InvitationsPage } from '../components/admin/invitations/InvitationsPage.tsx'
import { InviteDialog } from '../components/admin/invitations/InviteDialog.tsx'
import { ListPage } from '../components/admin/list/ListPage.tsx'
import { PoliciesPage } from '../components/admin/policies/PoliciesPage.tsx'
import { RequestsPage } from '../components/admin/requests/RequestsPage.tsx'
import { t } from '../locales/i18n.ts'
import { useSession } from '../session-context.tsx'
import { type AdminPage, useUi } from '../ui-state.ts'
import panes from './panes.module.css'

const PAGES: Readonly<Record<AdminPage, ComponentType>> = {
  list: ListPage,
  requests: RequestsPage,
  invitations: InvitationsPage,
  devices: DevicesPage,
  groups: GroupsPage,
  administrators: AdministratorsPage,
  policies: PoliciesPage,
  history: HistoryPage,
}

const waitingPageOf = (page: AdminPage): WaitingPage | null => (page === 'list' || page === 'requests' ? page : null)

/** What waits is on screen, and needs no notification. */
const useTellShown = (page: WaitingPage | null) => {
  const { host } = useSession()
  useEffect(() => {
    // Only saves a needless notification; the shell shows one too many when this fails.
    const tell = (shown: typeof page) => host('waiting.shown', { page: shown }).catch(() => undefined)
    void tell(page)
    return () => {
      void tell(null)
    }
  }, [host, page])
}

/** The console: its menu, one page, and below it what nobody has signed yet. */
export const AdminScreen = () => {
  const isInviting = useUi(state => state.isInviting)
  const page = useUi(state => state.adminPage)
  const Page = PAGES[page]
  useTellShown(waitingPageOf(page))
  return (
    <div className={panes.panes}>
      <AdminNav />
      <main className={panes.main} aria-label={t('admin.title')} data-pane tabIndex={-1}>
        <Page key={page} />
        <ChangesBar />
      </main>
      {isInviting && <InviteDialog onClose={() => useUi.setState({ isInviting: false })} />}
    </div>
  )
}
