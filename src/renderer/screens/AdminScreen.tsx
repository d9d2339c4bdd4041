import type { ComponentType } from 'react'
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

/** The console: its menu, one page, and below it what nobody has signed yet. */
export const AdminScreen = () => {
  const isInviting = useUi(state => state.isInviting)
  const page = useUi(state => state.adminPage)
  const Page = PAGES[page]
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
