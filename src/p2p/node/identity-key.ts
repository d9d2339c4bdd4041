import { createPrivateKey, createPublicKey } from 'node:crypto'
import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { concatBytes } from '../../crypto/index.ts'

/** What stands before the seed in the PKCS #8 form of an Ed25519 key (RFC 8410 section 7). */
const PKCS8_PREFIX = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
])
const ED25519_BYTES = 32

/**
 * The key of a 32-byte seed as libp2p wants it. libp2p's own derivation builds tables in JavaScript for 100 ms; the start
 * of the engine has 300.
 */
export const keyFromSeed = (seed: Uint8Array): PrivateKey => {
  const key = createPrivateKey({ key: Buffer.from(concatBytes(PKCS8_PREFIX, seed)), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return privateKeyFromRaw(concatBytes(seed, spki.subarray(-ED25519_BYTES)))
}
