import type * as nodeCrypto from 'node:crypto'
import type { CryptoProvider } from '../../crypto/index.ts'

/** What is used of node:crypto. Electron's BoringSSL lacks some of it. */
export type NodeCrypto = Pick<
  typeof nodeCrypto,
  | 'createCipheriv'
  | 'createDecipheriv'
  | 'createPrivateKey'
  | 'createPublicKey'
  | 'decapsulate'
  | 'diffieHellman'
  | 'encapsulate'
  | 'hash'
  | 'sign'
  | 'verify'
>

type PrimitiveName = Exclude<keyof CryptoProvider, 'name'>

/** Some primitives of one kind, and how to tell that they work on this machine. */
export interface NativePrimitives<Name extends PrimitiveName = PrimitiveName> {
  readonly primitives: Pick<CryptoProvider, Name>
  /** Answers that are the same from every backend. */
  readonly selfTest: (provider: CryptoProvider) => readonly Uint8Array[]
  /** SHA-256 of these answers one after the other, hex: other answers, and the primitives are not used. */
  readonly expected: string
}

/** A plain array of its own: a Buffer may share its memory with others. */
export const plain = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer)
