import { ED25519_KEY_BYTES, ED25519_SIGNATURE_BYTES, expectLength, nobleProvider, toHex } from '../../crypto/index.ts'
import { importPrivateKey, importPublicKey, publicKeyOf } from './key-import.ts'
import { type NativePrimitives, type NodeCrypto, plain } from './node-crypto.ts'

/** The y coordinates of the points of small order (torsion subgroup of edwards25519), little-endian, sign bit clear. */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

/** p = 2^255 - 19: the coordinate of a canonical point is less. */
const P = 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'

const bigEndian = (littleEndian: string): string => littleEndian.match(/../g)?.reverse().join('') ?? ''

/** RFC 8032 5.1.3: canonical, and not of small order. OpenSSL checks neither. */
const isStrictPublicKey = (publicKey: Uint8Array): boolean => {
  if (publicKey.length !== ED25519_KEY_BYTES) return false
  const y = publicKey.slice()
  y[31] = (y[31] ?? 0) & 0x7f
  const hex = toHex(y)
  return !SMALL_ORDER.has(hex) && bigEndian(hex) < bigEndian(P)
}

const SEED = new Uint8Array(ED25519_KEY_BYTES).fill(1)

export const nativeEd25519 = (
  node: NodeCrypto,
): NativePrimitives<'ed25519PublicKey' | 'ed25519Sign' | 'ed25519Signer' | 'ed25519Verify'> => ({
  primitives: {
    ed25519PublicKey: seed => publicKeyOf(node, 'ed25519', expectLength(seed, ED25519_KEY_BYTES, 'Ed25519 seed')),

    ed25519Sign(message, seed) {
      const key = importPrivateKey(node, 'ed25519', expectLength(seed, ED25519_KEY_BYTES, 'Ed25519 seed'))
      return plain(node.sign(null, message, key))
    },

    ed25519Signer(seed) {
      const key = importPrivateKey(node, 'ed25519', expectLength(seed, ED25519_KEY_BYTES, 'Ed25519 seed'))
      return message => plain(node.sign(null, message, key))
    },

    ed25519Verify(signature, message, publicKey) {
      if (signature.length !== ED25519_SIGNATURE_BYTES || !isStrictPublicKey(publicKey)) return false
      if (node.verify(null, message, importPublicKey(node, 'ed25519', publicKey), signature)) return true
      // OpenSSL checks without the cofactor, noble with it. They differ on signatures that a signer crafted to split
      // devices into two camps, so the last word on a refusal is always noble's.
      return nobleProvider.ed25519Verify(signature, message, publicKey)
    },
  },
  expected: '6455666a23a9266de28afdd8469670c946ef55a678aa1e2972da3259e5f7bc2e',
  selfTest: provider => {
    const publicKey = provider.ed25519PublicKey(SEED)
    const signature = provider.ed25519Sign(SEED, SEED)
    return [
      publicKey,
      signature,
      provider.ed25519Signer(SEED)(publicKey),
      Uint8Array.of(Number(provider.ed25519Verify(signature, SEED, publicKey))),
    ]
  },
})
