import { type CryptoProvider, fingerprintWords, fromHex, sign, utf8, verifySignature } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { bytes, type Decoded, documentOf, literal, nullable, record, time } from '../codec.ts'
import { type KeyId, keyId, keyIdOf } from '../documents/signed.ts'
import { organisationIdCodec, personIdCodec } from '../fields.ts'
import { MAX_NOTICE_BODY_BYTES } from '../limits.ts'

/** Under which a device, and each offered key itself, signs an offer. */
export const KEY_OFFER_CONTEXT = 'lanyard/key-offer/1'

const offer = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  personId: [2, personIdCodec],
  /** Is to sign contact lists and orders. */
  contacts: [3, keyId],
  freshness: [4, keyId],
  /** Is to sign roots; null where the person takes no part in that. */
  root: [5, nullable(keyId)],
  offeredAt: [6, time],
  until: [7, time],
})

/** A colleague who would sign for the organisation, and the keys that they made for it. */
export type KeyOffer = Decoded<typeof offer>

export const keyOfferDocument = documentOf(offer, 'key offer', MAX_NOTICE_BODY_BYTES)

/** The 32-byte seeds of the offered keys. */
export interface OfferedSeeds {
  readonly contacts: Uint8Array
  readonly freshness: Uint8Array
  readonly root: Uint8Array | null
}

/** 64 bytes by each offered key: nobody offers a key that they do not have, or somebody else's as their own. */
export const possessionProof = record({
  contacts: [0, bytes(64)],
  freshness: [1, bytes(64)],
  root: [2, nullable(bytes(64))],
})
export type PossessionProof = Decoded<typeof possessionProof>

export const keysOf = (
  provider: CryptoProvider,
  seeds: OfferedSeeds,
): Pick<KeyOffer, 'contacts' | 'freshness' | 'root'> => {
  const { contacts, freshness, root } = seeds
  return {
    contacts: keyIdOf(provider, contacts),
    freshness: keyIdOf(provider, freshness),
    root: root === null ? null : keyIdOf(provider, root),
  }
}

export const provePossession = (provider: CryptoProvider, seeds: OfferedSeeds, body: Uint8Array): PossessionProof => {
  const by = (seed: Uint8Array) => sign(provider, seed, KEY_OFFER_CONTEXT, body)
  return {
    contacts: by(seeds.contacts),
    freshness: by(seeds.freshness),
    root: seeds.root === null ? null : by(seeds.root),
  }
}

/** Throws `signature-missing`, `document-malformed` (one key in two places, so that it would count for two). */
export const verifyPossession = (
  provider: CryptoProvider,
  { contacts, freshness, root }: KeyOffer,
  proof: PossessionProof,
  body: Uint8Array,
): void => {
  if (contacts === freshness || contacts === root || freshness === root)
    throw new LanyardError('document-malformed', 'An offer names three different keys')
  const proves = (key: KeyId, signature: Uint8Array) =>
    verifySignature(provider, fromHex(key), KEY_OFFER_CONTEXT, body, signature)
  const hasRoot = root === null ? proof.root === null : proof.root !== null && proves(root, proof.root)
  if (!hasRoot || !proves(contacts, proof.contacts) || !proves(freshness, proof.freshness))
    throw new LanyardError('signature-missing', 'Whoever made the offer does not hold the keys that it names')
}

/** Six words of the offered keys, the same on the colleague's screen and on that of whoever takes them up. */
export const keyOfferFingerprint = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  { personId, contacts, freshness, root }: Pick<KeyOffer, 'personId' | 'contacts' | 'freshness' | 'root'>,
): readonly string[] =>
  fingerprintWords(
    provider,
    utf8('key offer'),
    fromHex(organisationId),
    fromHex(personId),
    fromHex(contacts),
    fromHex(freshness),
    root === null ? new Uint8Array(0) : fromHex(root),
  )
