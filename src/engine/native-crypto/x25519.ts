import { expectLength, X25519_BYTES } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { importPrivateKey, importPublicKey, publicKeyOf } from './key-import.ts'
import { type NativePrimitives, type NodeCrypto, plain } from './node-crypto.ts'

const SAMPLE = new Uint8Array(X25519_BYTES).fill(1)

export const nativeX25519 = (node: NodeCrypto): NativePrimitives<'x25519' | 'x25519PublicKey'> => ({
  primitives: {
    x25519PublicKey: secret => publicKeyOf(node, 'x25519', expectLength(secret, X25519_BYTES, 'X25519 secret')),

    x25519(secret, publicKey) {
      const own = importPrivateKey(node, 'x25519', expectLength(secret, X25519_BYTES, 'X25519 secret'))
      const peer = importPublicKey(node, 'x25519', expectLength(publicKey, X25519_BYTES, 'X25519 public key'))
      try {
        return plain(node.diffieHellman({ privateKey: own, publicKey: peer }))
      } catch (cause) {
        throw new LanyardError('bad-input', 'X25519 public key of small order', { cause })
      }
    },
  },
  expected: '0c03d9dc6ea483805a626ed064727662e2840dd19cc33d30515b5a826dba6455',
  selfTest: provider => {
    const publicKey = provider.x25519PublicKey(SAMPLE)
    return [publicKey, provider.x25519(SAMPLE, publicKey)]
  },
})
