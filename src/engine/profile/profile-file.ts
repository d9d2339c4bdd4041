import { existsSync, readFileSync, statSync } from 'node:fs'
import * as z from 'zod/mini'
import { LanyardError } from '../../shared/errors.ts'
import { storageError } from '../storage/storage-error.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { wrappedSecret } from './passphrase.ts'

/** Bytes. The file has a few hundred. */
const MAX_PROFILE_FILE_BYTES = 16 * 1024

/** 8 bytes of an HMAC by the profile key: tells a key that is not this profile's before the database is tried. */
const keyCheck = z.string().check(z.regex(/^[0-9a-f]{16}$/))

/** How the profile key is kept. This file alone leads to the key: destroying it (and the keychain's entry) erases the profile. */
const profileFile = z.discriminatedUnion('protection', [
  z.strictObject({ format: z.literal(1), protection: z.literal('keychain'), keyCheck }),
  z.strictObject({ format: z.literal(1), protection: z.literal('passphrase'), keyCheck, wrapped: wrappedSecret }),
  z.strictObject({
    format: z.literal(1),
    protection: z.literal('none'),
    keyCheck,
    /** Clear: only where the engine was started with `unprotected`. */
    key: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  }),
])
export type ProfileFile = z.infer<typeof profileFile>

const parse = (text: string): ProfileFile => {
  try {
    return profileFile.parse(JSON.parse(text))
  } catch (cause) {
    throw new LanyardError('profile-corrupt', 'profile.json cannot be read', { cause })
  }
}

/** Null where there is none. Throws `profile-corrupt` and leaves the file as it is. */
export const readProfileFile = (path: string): ProfileFile | null => {
  if (!existsSync(path)) return null
  if (statSync(path).size > MAX_PROFILE_FILE_BYTES)
    throw new LanyardError('profile-corrupt', 'profile.json is too large to be one')
  return parse(readFileSync(path, 'utf8'))
}

export const writeProfileFile = (path: string, content: ProfileFile): void => {
  try {
    writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`)
  } catch (error) {
    throw storageError(error)
  }
}
