import { type CryptoProvider, concatBytes, equalBytes, fromHex, utf8 } from '../../crypto/index.ts'
import type { DeviceId, OrganisationId } from '../../shared/ids.ts'
import { bytes, documentOf, literal, tuple } from '../codec.ts'

const CONTEXT = utf8('lanyard/join-hail/1\0')
const NONCE_BYTES = 32
const PROOF_BYTES = 32
const MAX_BYTES = 64

/**
 * What a device that joins says to one that its invitation does not name, before it says who it is: do you know my
 * organisation? The id of an organisation is known to its members and to whoever holds an invitation, and cannot be
 * guessed; so it serves as a shared secret, and a stranger learns from neither message which organisation is meant.
 */
const hail = documentOf(tuple(literal(1), bytes(NONCE_BYTES)), 'hail', MAX_BYTES)
const answer = documentOf(tuple(literal(4), bytes(PROOF_BYTES)), 'answer to a hail', MAX_BYTES)

export interface HailedBetween {
  readonly organisation: OrganisationId
  /** Both proven by Noise: an answer cannot be fetched from another device and handed on. */
  readonly asker: DeviceId
  readonly answerer: DeviceId
}

const proofOf = (provider: CryptoProvider, { organisation, asker, answerer }: HailedBetween, nonce: Uint8Array) =>
  provider.hmacSha256(fromHex(organisation), concatBytes(CONTEXT, nonce, fromHex(asker), fromHex(answerer)))

/** A fresh hail; `nonce` is kept for the answer. */
export const createHail = ({
  randomBytes,
}: Pick<CryptoProvider, 'randomBytes'>): { nonce: Uint8Array; bytes: Uint8Array } => {
  const nonce = randomBytes(NONCE_BYTES)
  return { nonce, bytes: hail.encode([1, nonce]) }
}

/** The nonce of a hail. Throws `document-malformed`, `document-too-large`. */
export const readHail = (encoded: Uint8Array): Uint8Array => hail.decode(encoded)[1]

export const answerHail = (provider: CryptoProvider, between: HailedBetween, nonce: Uint8Array): Uint8Array =>
  answer.encode([4, proofOf(provider, between, nonce)])

/** Whether whoever answered knows the organisation. Throws `document-malformed`, `document-too-large`. */
export const isHailAnswered = (
  provider: CryptoProvider,
  between: HailedBetween,
  nonce: Uint8Array,
  encoded: Uint8Array,
): boolean => equalBytes(answer.decode(encoded)[1], proofOf(provider, between, nonce))
