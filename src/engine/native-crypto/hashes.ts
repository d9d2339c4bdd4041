import { SHA256_BYTES, utf8 } from '../../crypto/index.ts'
import { type NativePrimitives, type NodeCrypto, plain } from './node-crypto.ts'

const BLOCK_BYTES = 64
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c
const SAMPLE = utf8('lanyard/self-test/1')

const fromBinary = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** One-shot hashes. HKDF stays with noble, which is as fast for the short keys of the ratchet. */
export const nativeHashes = ({ hash }: NodeCrypto): NativePrimitives<'sha256' | 'sha512' | 'hmacSha256'> => {
  // out of a string at a third of what the Buffer would cost: a contact list takes twenty thousand hashes
  const sha256 = (bytes: Uint8Array) => fromBinary(hash('sha256', bytes, 'binary'))

  /** RFC 2104 by two one-shot hashes: five times faster for short input than an Hmac object. */
  const hmacSha256 = (key: Uint8Array, bytes: Uint8Array) => {
    const short = key.length > BLOCK_BYTES ? sha256(key) : key
    const inner = new Uint8Array(BLOCK_BYTES + bytes.length).fill(INNER_PAD, 0, BLOCK_BYTES)
    const outer = new Uint8Array(BLOCK_BYTES + SHA256_BYTES).fill(OUTER_PAD, 0, BLOCK_BYTES)
    for (const [i, byte] of short.entries()) {
      inner[i] = byte ^ INNER_PAD
      outer[i] = byte ^ OUTER_PAD
    }
    inner.set(bytes, BLOCK_BYTES)
    outer.set(hash('sha256', inner, 'buffer'), BLOCK_BYTES)
    const mac = sha256(outer)
    inner.fill(0)
    outer.fill(0)
    return mac
  }

  return {
    primitives: { sha256, sha512: bytes => plain(hash('sha512', bytes, 'buffer')), hmacSha256 },
    expected: 'e992e6f78367124916f89df04b27ba8c4e80f3b17aadbad678d9ab10520d8b29',
    selfTest: provider => [
      provider.sha256(SAMPLE),
      provider.sha512(SAMPLE),
      provider.hmacSha256(SAMPLE, SAMPLE),
      provider.hmacSha256(new Uint8Array(100), SAMPLE),
    ],
  }
}
