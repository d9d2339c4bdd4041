import type { KeyObject } from 'node:crypto'
import { type NodeCrypto, plain } from './node-crypto.ts'

/** RFC 8410 and RFC 9935: the DER around a raw key. It is the one import that every version of Node knows. */
const DER = {
  x25519: {
    private: Buffer.from('302e020100300506032b656e04220420', 'hex'),
    public: Buffer.from('302a300506032b656e032100', 'hex'),
  },
  ed25519: {
    private: Buffer.from('302e020100300506032b657004220420', 'hex'),
    public: Buffer.from('302a300506032b6570032100', 'hex'),
  },
  mlkem768: {
    private: Buffer.from('3054020100300b060960864801650304040204428040', 'hex'),
    public: Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex'),
  },
}

type KeyKind = keyof typeof DER

export const importPrivateKey = ({ createPrivateKey }: NodeCrypto, kind: KeyKind, secret: Uint8Array): KeyObject => {
  const key = Buffer.concat([DER[kind].private, secret])
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  } finally {
    key.fill(0)
  }
}

export const importPublicKey = ({ createPublicKey }: NodeCrypto, kind: KeyKind, publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([DER[kind].public, publicKey]), format: 'der', type: 'spki' })

/** The raw public key of a private one. */
export const publicKeyOf = (node: NodeCrypto, kind: KeyKind, secret: Uint8Array): Uint8Array => {
  const publicKey = node.createPublicKey(importPrivateKey(node, kind, secret))
  return plain(publicKey.export({ format: 'der', type: 'spki' }).subarray(DER[kind].public.length))
}
