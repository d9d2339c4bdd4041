import { concatBytes, utf8 } from './bytes.ts'
import type { CryptoProvider } from './provider.ts'

const SEPARATOR = new Uint8Array(1)

/** `context \0 bytes`: what is signed for one purpose is worth nothing for another. */
const inContext = (context: string, bytes: Uint8Array): Uint8Array => {
  if (context.includes('\0')) throw new TypeError('A signature context holds no zero byte')
  return concatBytes(utf8(context), SEPARATOR, bytes)
}

/** Ed25519 signature (64 bytes) over `context \0 bytes`. Contexts start with `lanyard/` and end with a version. */
export const sign = (provider: CryptoProvider, seed: Uint8Array, context: string, bytes: Uint8Array): Uint8Array =>
  provider.ed25519Sign(inContext(context, bytes), seed)

/** Signs in one's own name again and again, for as long as it is held. */
export interface Signer {
  readonly publicKey: Uint8Array
  /** As `sign`. */
  sign(context: string, bytes: Uint8Array): Uint8Array
}

/** For a batch: reading the key takes the native backend longer than signing with it. Not to be kept. */
export const createSigner = (
  provider: CryptoProvider,
  { seed, publicKey }: { readonly seed: Uint8Array; readonly publicKey: Uint8Array },
): Signer => {
  const signBytes = provider.ed25519Signer(seed)
  return { publicKey, sign: (context, bytes) => signBytes(inContext(context, bytes)) }
}

/** Strict verification of `sign`. False for anything malformed. */
export const verifySignature = (
  provider: CryptoProvider,
  publicKey: Uint8Array,
  context: string,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean => provider.ed25519Verify(signature, inContext(context, bytes), publicKey)
