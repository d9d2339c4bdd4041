import { scrypt } from 'node:crypto'
import * as z from 'zod/mini'
import { type CryptoProvider, fromHex, toHex, utf8, wipe } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { MIN_PASSPHRASE_CHARACTERS } from '../../shared/limits.ts'

/** RFC 7914 parameters for new secrets: 128 MiB of memory and about half a second of an office PC for each guess. */
const COST = { n: 2 ** 17, r: 8, p: 1 } as const

const SALT_BYTES = 16
/** ChaCha20-Poly1305; the key is new with every salt, so that no nonce can repeat under it. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Bytes: what scrypt may take at the highest parameters that are read (128 * n * r, and some room). */
const MAX_MEMORY = 600 * 1024 * 1024

const hex = (bytes: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)))

/**
 * A secret of 32 bytes under a passphrase. The cost is stored, so that it can rise later; what is read is bounded on
 * both sides: below it would be weak, above it would freeze the PC.
 */
export const wrappedSecret = z.strictObject({
  kdf: z.literal('scrypt'),
  n: z.int().check(
    z.minimum(2 ** 15),
    z.maximum(2 ** 19),
    z.refine(n => Number.isInteger(Math.log2(n)), 'a power of 2'),
  ),
  r: z.literal(8),
  p: z.int().check(z.minimum(1), z.maximum(4)),
  salt: hex(SALT_BYTES),
  nonce: hex(NONCE_BYTES),
  sealed: hex(32 + TAG_BYTES),
})
export type WrappedSecret = z.infer<typeof wrappedSecret>

export type WrappingProvider = Pick<CryptoProvider, 'randomBytes' | 'aeadSeal' | 'aeadOpen'>

const deriveKey = (passphrase: string, { salt, n, r, p }: Pick<WrappedSecret, 'salt' | 'n' | 'r' | 'p'>) =>
  new Promise<Uint8Array>((resolve, reject) => {
    const options = { N: n, r, p, maxmem: MAX_MEMORY }
    // NFKC: the same keys pressed on another keyboard give the same passphrase
    scrypt(utf8(passphrase.normalize('NFKC')), fromHex(salt), 32, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })

/** Throws `passphrase-weak` below `MIN_PASSPHRASE_CHARACTERS`. */
export const checkPassphrase = (passphrase: string): void => {
  if ([...passphrase].length < MIN_PASSPHRASE_CHARACTERS)
    throw new LanyardError('passphrase-weak', `A passphrase has at least ${MIN_PASSPHRASE_CHARACTERS} characters`)
}

/** `context` says what the secret is, so that one wrapped secret cannot be put in the place of another. */
export const wrapSecret = async (
  provider: WrappingProvider,
  { secret, passphrase, context }: { secret: Uint8Array; passphrase: string; context: string },
): Promise<WrappedSecret> => {
  checkPassphrase(passphrase)
  const salt = toHex(provider.randomBytes(SALT_BYTES))
  const nonce = provider.randomBytes(NONCE_BYTES)
  const key = await deriveKey(passphrase, { ...COST, salt })
  const sealed = provider.aeadSeal(key, nonce, utf8(context), secret)
  wipe(key)
  return { kdf: 'scrypt', ...COST, salt, nonce: toHex(nonce), sealed: toHex(sealed) }
}

/** Throws `passphrase-wrong`; a wrapped secret that was changed looks the same as a wrong passphrase. */
export const unwrapSecret = async (
  provider: WrappingProvider,
  { wrapped, passphrase, context }: { wrapped: WrappedSecret; passphrase: string; context: string },
): Promise<Uint8Array> => {
  const key = await deriveKey(passphrase, wrapped)
  const secret = provider.aeadOpen(key, fromHex(wrapped.nonce), utf8(context), fromHex(wrapped.sealed))
  wipe(key)
  if (secret === undefined) throw new LanyardError('passphrase-wrong', 'This is not the passphrase')
  return secret
}
