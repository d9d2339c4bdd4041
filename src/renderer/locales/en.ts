import { admin } from './en/admin.ts'
import { adminChanges } from './en/admin-changes.ts'
import { chat } from './en/chat.ts'
import { common } from './en/common.ts'
import { people } from './en/people.ts'
import { settings } from './en/settings.ts'
import { setup } from './en/setup.ts'

/** Every text of the interface, in English: ICU MessageFormat, grouped by screen. */
export const en = { ...common, ...chat, ...people, ...admin, ...adminChanges, ...settings, ...setup }
