import { admin } from './en/admin.ts'
import { administrators } from './en/admin-administrators.ts'
import { adminChanges } from './en/admin-changes.ts'
import { devices } from './en/admin-devices.ts'
import { adminGroups } from './en/admin-groups.ts'
import { history } from './en/admin-history.ts'
import { adminImport } from './en/admin-import.ts'
import { joining } from './en/admin-joining.ts'
import { adminList } from './en/admin-list.ts'
import { proposals } from './en/admin-proposals.ts'
import { chat } from './en/chat.ts'
import { common } from './en/common.ts'
import { discard } from './en/discard.ts'
import { organisation } from './en/organisation.ts'
import { people } from './en/people.ts'
import { settings } from './en/settings.ts'
import { setup } from './en/setup.ts'

/** Every text of the interface, in English: ICU MessageFormat, grouped by screen. */
export const en = {
  ...common,
  ...discard,
  ...chat,
  ...people,
  ...admin,
  ...adminChanges,
  ...adminGroups,
  ...adminImport,
  ...adminList,
  ...administrators,
  ...devices,
  ...history,
  ...joining,
  ...proposals,
  ...organisation,
  ...settings,
  ...setup,
}
