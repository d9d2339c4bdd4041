import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { safeStorage } from 'electron'
import Store from 'electron-store'
import { type KeychainContract, keychainContract } from '../shared/contract/keychain.ts'
import { LanyardError } from '../shared/errors.ts'
import type { Port } from '../shared/rpc/port.ts'
import { type Handlers, serveRpc } from '../shared/rpc/server.ts'

/** The profile key, wrapped by the OS keychain, in base64. Worth nothing without that keychain. */
export type KeychainFile = Store<{ wrappedKey?: string }>

/** The desktop app's own folder inside the profile's. */
export const APP_FOLDER = 'electron'

const FILE_NAME = 'keychain'

export const openKeychainFile = (profile: string): KeychainFile =>
  new Store({ cwd: join(profile, APP_FOLDER), name: FILE_NAME })

/** Whether the key of a profile has been given to the keychain, as far as that can be seen without it. */
export const isInKeychain = (profile: string): boolean => existsSync(join(profile, APP_FOLDER, `${FILE_NAME}.json`))

/** Electron's obfuscation with a key that everybody knows; it protects nothing. */
const NO_PROTECTION = 'basic_text'

const isAvailable = async (platform: NodeJS.Platform): Promise<boolean> => {
  // The asynchronous interface is missing from Electrons that are too old for us anyway.
  if (typeof safeStorage.isAsyncEncryptionAvailable !== 'function') return false
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
  return platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== NO_PROTECTION
}

const requireKeychain = async (platform: NodeJS.Platform): Promise<void> => {
  if (await isAvailable(platform)) return
  throw new LanyardError('keychain-unavailable', 'The OS offers no keychain that protects anything')
}

/** Serves the engine's wishes to the OS keychain. Only for an app that is ready. */
export const createKeychain = (
  file: KeychainFile,
  platform: NodeJS.Platform,
  onBug: (error: unknown, call: string) => void,
): ((port: Port) => void) => {
  const store = async (key: Uint8Array) => {
    const wrapped = await safeStorage.encryptStringAsync(Buffer.from(key).toString('base64'))
    file.set('wrappedKey', wrapped.toString('base64'))
  }

  /** A keychain that stays locked, or that somebody has replaced, fails here. */
  const unwrap = async (wrapped: string) => {
    try {
      return await safeStorage.decryptStringAsync(Buffer.from(wrapped, 'base64'))
    } catch (cause) {
      throw new LanyardError('keychain-unavailable', 'The OS keychain did not open the key', { cause })
    }
  }

  const handlers: Handlers<KeychainContract> = {
    'keychain.status': async () => ({ available: await isAvailable(platform) }),
    async 'keychain.load'() {
      const wrapped = file.get('wrappedKey')
      if (wrapped === undefined) return { key: null }
      await requireKeychain(platform)
      const { result, shouldReEncrypt } = await unwrap(wrapped)
      const key = new Uint8Array(Buffer.from(result, 'base64'))
      if (shouldReEncrypt) await store(key)
      return { key }
    },
    async 'keychain.store'({ key }) {
      await requireKeychain(platform)
      await store(key)
      return {}
    },
    'keychain.forget'() {
      file.delete('wrappedKey')
      return {}
    },
  }

  return port => {
    serveRpc(keychainContract, port, handlers, { onBug })
  }
}
