import { type HostContract, type Settings, settings } from './contract/host.ts'
import type { CallInput } from './rpc/contract.ts'

/** What `conf` and `electron-store` have in common. */
export interface KeyValueFile {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

export interface StoredSettings {
  read(): Settings
  change(changes: CallInput<HostContract, 'settings.change'>): Settings
}

/** The settings in a shell's file, under one key. Whatever in it cannot be read counts as not set. */
export const storedSettings = (file: KeyValueFile, defaults: Settings): StoredSettings => {
  const read = (): Settings => {
    const stored = file.get('settings')
    const parsed = settings.safeParse({ ...defaults, ...(typeof stored === 'object' ? stored : undefined) })
    return parsed.success ? parsed.data : defaults
  }
  return {
    read,
    change(changes) {
      const next = settings.parse({ ...read(), ...changes })
      file.set('settings', next)
      return next
    },
  }
}
