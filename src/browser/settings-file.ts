import Conf from 'conf'
import * as z from 'zod/mini'
import type { Settings } from '../shared/contract/host.ts'
import { type StoredSettings, storedSettings } from '../shared/stored-settings.ts'

const DEFAULTS: Settings = { theme: 'system', notifications: 'full', closeToTray: false }

/** Ports that a program may pick for itself without being somebody else's (RFC 6335: dynamic ports). */
const shellState = z.strictObject({ port: z.nullable(z.int().check(z.minimum(1_024), z.maximum(65_535))) })

export interface SettingsFile extends StoredSettings {
  /** Kept for good: IndexedDB, and with it the page's cache, belongs to one origin including the port. */
  port(): number | null
  keepPort(port: number): void
}

/** `settings.json` in the shell's folder. Whatever in it cannot be read counts as not set. */
export const openSettings = (folder: string): SettingsFile => {
  const file = new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: 'settings',
    projectName: 'lanyard',
    clearInvalidConfig: true,
    configFileMode: 0o600,
  })

  return {
    ...storedSettings(file, DEFAULTS),
    port() {
      const parsed = shellState.safeParse(file.get('shell'))
      return parsed.success ? parsed.data.port : null
    },
    keepPort(port) {
      file.set('shell', { port })
    },
  }
}
