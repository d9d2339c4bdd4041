import {
  History,
  IdCard,
  KeyRound,
  Laptop,
  type LucideIcon,
  SlidersHorizontal,
  Ticket,
  UserPlus,
  Users,
} from 'lucide-react'
import type { MessageKey } from '../../locales/i18n.ts'
import type { AdminPage } from '../../ui-state.ts'

export interface AdminPlace {
  readonly page: AdminPage
  readonly icon: LucideIcon
  readonly label: MessageKey
}

/** The parts of the console, in the order in which they stand beside it. */
export const ADMIN_PLACES: readonly AdminPlace[] = [
  { page: 'list', icon: IdCard, label: 'admin.contactList' },
  { page: 'requests', icon: UserPlus, label: 'admin.requests' },
  { page: 'invitations', icon: Ticket, label: 'admin.invitations' },
  { page: 'devices', icon: Laptop, label: 'admin.devicesPage' },
  { page: 'groups', icon: Users, label: 'admin.groupsPage' },
  { page: 'administrators', icon: KeyRound, label: 'admin.administratorsPage' },
  { page: 'policies', icon: SlidersHorizontal, label: 'admin.policiesPage' },
  { page: 'history', icon: History, label: 'admin.historyPage' },
]
