import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type CryptoProvider, equalBytes, fromHex, toHex, utf8, wipe } from '../../crypto/index.ts'
import type { KeychainClient } from '../../shared/contract/keychain.ts'
import { isLanyardError, LanyardError, missingCase } from '../../shared/errors.ts'
import { removeDatabase } from '../storage/database.ts'
import { checkPassphrase, unwrapSecret, wrapSecret } from './passphrase.ts'
import { type ProfileFile, readProfileFile, writeProfileFile } from './profile-file.ts'
import { moveAside } from './set-aside.ts'

export type Protection = ProfileFile['protection']

/** A profile folder and the way to its key. Holds no key itself: who asks for one zeroises it. */
export interface Profile {
  readonly databasePath: string
  exists(): boolean
  /** Null where there is no profile, or its file cannot be read. */
  protection(): Protection | null
  keychainAvailable(): Promise<boolean>
  /**
   * Makes the key of a new profile and keeps it: under the passphrase, or, for null, in the OS keychain. Returns the
   * 32 bytes. Throws `profile-exists`, `passphrase-weak`, `keychain-unavailable`, `disk-full`.
   */
  create(passphrase: string | null): Promise<Uint8Array>
  /** True where `unlock` needs nobody at the screen. */
  opensByItself(): boolean
  /** Returns the 32 bytes. Throws `profile-missing`, `passphrase-wrong`, `keychain-unavailable`, `profile-corrupt`. */
  unlock(passphrase: string): Promise<Uint8Array>
  /**
   * Moves the closed profile into a folder with this name inside its own, so that there is room for the next one. It opens
   * there as before; where the keychain had its key, which keeps only one, with the passphrase given here. Returns the
   * folder. Throws what `unlock` throws, `passphrase-weak`, `disk-full`.
   */
  setAside(name: string, passphrase: string | null): Promise<string>
  /** Destroys the key first, then the files: what a broken-off erasure leaves cannot be read. */
  erase(): Promise<void>
}

export interface ProfileInit {
  folder: string
  keychain: KeychainClient | null
  /** Development and demonstration: the key lies beside the database where there is no better place. */
  unprotected: boolean
  provider: Pick<CryptoProvider, 'randomBytes' | 'hmacSha256' | 'aeadSeal' | 'aeadOpen'>
}

const KEY_CONTEXT = 'lanyard/profile-key/1'

export const createProfile = ({ folder, keychain, unprotected, provider }: ProfileInit): Profile => {
  const filePath = join(folder, 'profile.json')
  const databasePath = join(folder, 'profile.db')

  const checkOf = (key: Uint8Array) =>
    toHex(provider.hmacSha256(key, utf8('lanyard/profile-key-check/1')).subarray(0, 8))
  const exists = () => existsSync(filePath) || existsSync(databasePath)
  /** Asked until it has answered once: the status is told often, and the keychain is another process. */
  let isAvailable: boolean | undefined
  const keychainAvailable = async () => {
    if (keychain === null) return false
    try {
      isAvailable ??= (await keychain.call('keychain.status', {})).available
    } catch (error) {
      if (!isLanyardError(error)) throw error
    }
    return isAvailable ?? false
  }

  const keep = async (key: Uint8Array, passphrase: string | null): Promise<ProfileFile> => {
    const common = { format: 1, keyCheck: checkOf(key) } as const
    if (passphrase !== null) {
      const wrapped = await wrapSecret(provider, { secret: key, passphrase, context: KEY_CONTEXT })
      return { ...common, protection: 'passphrase', wrapped }
    }
    if (keychain !== null && (await keychainAvailable())) {
      await keychain.call('keychain.store', { key: new Uint8Array(key) })
      return { ...common, protection: 'keychain' }
    }
    if (unprotected) return { ...common, protection: 'none', key: toHex(key) }
    throw new LanyardError('keychain-unavailable', 'This PC has no keychain: a passphrase is needed')
  }

  const fromKeychain = async (): Promise<Uint8Array> => {
    const key = keychain === null ? null : (await keychain.call('keychain.load', {})).key
    if (key === null)
      throw new LanyardError('keychain-unavailable', 'The keychain does not give the key of this profile')
    return key
  }

  const keyOf = (file: ProfileFile, passphrase: string): Promise<Uint8Array> | Uint8Array => {
    switch (file.protection) {
      case 'passphrase':
        return unwrapSecret(provider, { wrapped: file.wrapped, passphrase, context: KEY_CONTEXT })
      case 'keychain':
        return fromKeychain()
      case 'none':
        return fromHex(file.key)
      default:
        return missingCase(file)
    }
  }

  const protection = () => {
    try {
      return readProfileFile(filePath)?.protection ?? null
    } catch (error) {
      if (isLanyardError(error) && error.code === 'profile-corrupt') return null // told when it is unlocked
      throw error
    }
  }

  const expectFile = (): ProfileFile => {
    const file = readProfileFile(filePath)
    if (file !== null) return file
    if (exists()) throw new LanyardError('profile-corrupt', 'profile.json is missing: the database has no key')
    throw new LanyardError('profile-missing', 'There is no profile in this folder')
  }

  const unlock = async (passphrase: string): Promise<Uint8Array> => {
    const file = expectFile()
    const key = await keyOf(file, passphrase)
    if (equalBytes(utf8(checkOf(key)), utf8(file.keyCheck))) return key
    wipe(key)
    if (file.protection === 'keychain')
      throw new LanyardError('keychain-unavailable', 'The keychain holds the key of another profile')
    throw new LanyardError('profile-corrupt', 'profile.json and its key do not belong together')
  }

  return {
    databasePath,
    exists,
    protection,
    keychainAvailable,
    async create(passphrase) {
      if (exists()) throw new LanyardError('profile-exists', 'There is a profile in this folder already')
      const key = provider.randomBytes(32)
      writeProfileFile(filePath, await keep(key, passphrase))
      return key
    },
    opensByItself() {
      const kind = protection()
      return kind === 'keychain' || kind === 'none'
    },
    unlock,
    async setAside(name, passphrase) {
      const file = expectFile()
      if (file.protection !== 'keychain') return moveAside(folder, name, file)
      checkPassphrase(passphrase ?? '')
      const key = await unlock('')
      try {
        const aside = moveAside(folder, name, await keep(key, passphrase))
        await keychain?.call('keychain.forget', {})
        return aside
      } finally {
        wipe(key)
      }
    },
    async erase() {
      if (protection() === 'keychain') await keychain?.call('keychain.forget', {})
      rmSync(filePath, { force: true })
      removeDatabase(databasePath)
    },
  }
}
