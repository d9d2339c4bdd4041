import { type CryptoProvider, fromHex, sign, verifySignature } from '../../crypto/index.ts'
import type { KeyId } from '../../shared/ids.ts'
import {
  arrayOf,
  blob,
  bytes,
  type Codec,
  type Decoded,
  type DocumentCodec,
  documentOf,
  hexId,
  record,
} from '../codec.ts'
import { MAX_SIGNATURES, MAX_SIGNATURES_BYTES } from '../limits.ts'
import { RefusedDocument } from './refusal.ts'

export type { KeyId }
export const keyId = hexId<KeyId>(32)

/** Of the key with this 32-byte Ed25519 seed. */
export const keyIdOf = (provider: Pick<CryptoProvider, 'ed25519PublicKey'>, seed: Uint8Array): KeyId =>
  keyId.fromCanonical(provider.ed25519PublicKey(seed), 'key')

export const documentSignature = record({ key: [0, keyId], signature: [1, bytes(64)] })
export type DocumentSignature = Decoded<typeof documentSignature>

/** A document as it travels: the exact bytes that were signed, and who signed them. */
export interface SignedBytes {
  readonly document: Uint8Array
  readonly signatures: readonly DocumentSignature[]
}

/** What a signature over a document of this kind says it is; without it one kind could pass for another. */
export type SignatureContext = 'lanyard/root/1' | 'lanyard/contacts/1' | 'lanyard/orders/1' | 'lanyard/freshness/1'

/** The keys that may sign a kind of document, and how many of them must. */
export interface Role {
  readonly keys: readonly KeyId[]
  readonly threshold: number
}

/** The envelope as a value inside another encoding; `maxBytes` bounds the document. */
export const signedBytes = (maxBytes: number): Codec<SignedBytes> =>
  record({ document: [0, blob(maxBytes)], signatures: [1, arrayOf(documentSignature, MAX_SIGNATURES)] })

/** The envelope as bytes of its own. */
export const signedDocument = (maxBytes: number): DocumentCodec<SignedBytes> =>
  documentOf(signedBytes(maxBytes), 'signed document', maxBytes + MAX_SIGNATURES_BYTES)

export const signDocument = (
  provider: CryptoProvider,
  seed: Uint8Array,
  context: SignatureContext,
  document: Uint8Array,
): DocumentSignature => ({
  key: keyIdOf(provider, seed),
  signature: sign(provider, seed, context, document),
})

/** A step of a ceremony: adds a signature, in place of an earlier one by the same key. */
export const withSignature = (signed: SignedBytes, added: DocumentSignature): SignedBytes => ({
  document: signed.document,
  signatures: [...signed.signatures.filter(({ key }) => key !== added.key), added],
})

/**
 * Checks the signatures of one document against the roles that must all agree to it (two for a root: the previous
 * root's and its own). Returns the signatures that count, so that nobody can ride along on the others.
 *
 * TUF 1.0 section 5.3.4: distinct keys are counted, each once. Throws RefusedDocument.
 */
export const verifySigned = (
  provider: CryptoProvider,
  signed: SignedBytes,
  {
    context,
    roles,
    knownKeys,
    name,
  }: {
    context: SignatureContext
    roles: readonly Role[]
    /** Every key of the root in force, to tell a stranger's key from one with another role. */
    knownKeys: ReadonlySet<KeyId>
    name: string
  },
): readonly DocumentSignature[] => {
  const seen = new Set<KeyId>()
  for (const { key } of signed.signatures) {
    if (seen.has(key)) throw new RefusedDocument('signature-duplicate', `${name}: one key has signed twice`)
    seen.add(key)
  }
  const counting = signed.signatures.filter(({ key }) => roles.some(({ keys }) => keys.includes(key)))
  for (const { key, signature } of counting)
    if (!verifySignature(provider, fromHex(key), context, signed.document, signature))
      throw new RefusedDocument('signature-invalid', `${name}: a signature does not fit the document`)
  for (const { keys, threshold } of roles) {
    const valid = keys.filter(key => seen.has(key)).length
    if (valid >= threshold) continue
    const others = signed.signatures.filter(({ key }) => !counting.some(counted => counted.key === key))
    if (others.some(({ key }) => !knownKeys.has(key)))
      throw new RefusedDocument('key-unknown', `${name}: signed by a key that the organisation does not know`)
    if (others.length > 0)
      throw new RefusedDocument('key-wrong-role', `${name}: signed by a key that may not sign this`)
    throw new RefusedDocument('threshold-short', `${name}: ${valid} of ${threshold} signatures are there`)
  }
  return counting
}

/** Whether a document that was verified once has the signatures that a role, perhaps a newer root's, asks for. */
export const isVouchedFor = ({ signatures }: SignedBytes, { keys, threshold }: Role): boolean => {
  const signers = new Set(signatures.map(({ key }) => key))
  return keys.filter(key => signers.has(key)).length >= threshold
}
