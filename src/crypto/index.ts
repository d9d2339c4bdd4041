export { concatBytes, equalBytes, fromHex, toHex, utf8, wipe } from './bytes.ts'
export { type CanonicalValue, decodeCanonical, encodeCanonical } from './canonical.ts'
export {
  type Channel,
  type ChannelContext,
  emptyChannel,
  forgetOldSessions,
  needsRenewal,
  noteAcknowledged,
} from './channel.ts'
export { decodeChannel, encodeChannel } from './channel-codec.ts'
export { type Opened, openFromPeer, type UnopenableReason } from './channel-open.ts'
export { type Sealed, sealToPeer } from './channel-seal.ts'
export {
  type DeviceKeys,
  type DevicePublicKeys,
  decodeDeviceKeys,
  encodeDeviceKeys,
  generateDeviceKeys,
  publicKeysOf,
} from './device-keys.ts'
export { nobleProvider } from './noble-provider.ts'
export { type PrekeyBundle, publicPrekeys, verifyPrekeyBundle } from './prekey-bundle.ts'
export {
  createPrekeys,
  currentEpoch,
  type PrekeySecrets,
  reserveOneTimeKey,
  rotatePrekeys,
  spendOneTimeKey,
} from './prekey-secrets.ts'
export { decodePrekeySecrets, encodePrekeySecrets } from './prekey-secrets-codec.ts'
export {
  AEAD_KEY_BYTES,
  AEAD_NONCE_BYTES,
  AEAD_TAG_BYTES,
  type CryptoProvider,
  ED25519_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  expectLength,
  MLKEM768_CIPHERTEXT_BYTES,
  MLKEM768_PUBLIC_KEY_BYTES,
  MLKEM768_SEED_BYTES,
  SHA256_BYTES,
  X25519_BYTES,
} from './provider.ts'
export { createReset, type Reset, resetChannel, verifyReset } from './reset.ts'
export { type SafetyNumberPerson, safetyNumber } from './safety-number.ts'
export { readBlob, readInteger, readList, readTuple, readVersion } from './shape.ts'
export { createSigner, type Signer, sign, verifySignature } from './signature.ts'
export { fingerprintWords, recoveryWords, seedFromRecoveryWords } from './words.ts'
