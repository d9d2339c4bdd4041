import Store from 'electron-store'
import * as z from 'zod/mini'
import type { Settings } from '../shared/contract/host.ts'
import { type StoredSettings, storedSettings } from '../shared/stored-settings.ts'

const DEFAULTS: Settings = { theme: 'system', notifications: 'full', closeToTray: true }

export const windowState = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().check(z.minimum(1)),
  height: z.int().check(z.minimum(1)),
  isMaximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowState>

export interface SettingsFile extends StoredSettings {
  window(): WindowState | undefined
  keepWindow(state: WindowState): void
}

/** Nothing personal is in this file. Whatever in it cannot be read counts as not set. */
export const openSettings = (folder: string): SettingsFile => {
  const file = new Store<Record<string, unknown>>({ cwd: folder, name: 'settings', clearInvalidConfig: true })
  return {
    ...storedSettings(file, DEFAULTS),
    window() {
      const parsed = windowState.safeParse(file.get('window'))
      return parsed.success ? parsed.data : undefined
    },
    keepWindow(state) {
      file.set('window', state)
    },
  }
}
