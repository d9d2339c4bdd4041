export { concatBytes, equalBytes, fromHex, toHex, utf8, wipe } from './bytes.ts'
export { type CanonicalValue, decodeCanonical, encodeCanonical } from './canonical.ts'
export {
  type DeviceKeys,
  type DevicePublicKeys,
  decodeDeviceKeys,
  encodeDeviceKeys,
  generateDeviceKeys,
  publicKeysOf,
} from './device-keys.ts'
export { nobleProvider } from './noble-provider.ts'
export type { CryptoProvider } from './provider.ts'
export { type SafetyNumberPerson, safetyNumber } from './safety-number.ts'
export {
  readBlob,
  readBoolean,
  readBytes,
  readInteger,
  readList,
  readNullable,
  readTuple,
  readVersion,
} from './shape.ts'
export { sign, verifySignature } from './signature.ts'
export { fingerprintWords, recoveryWords, seedFromRecoveryWords } from './words.ts'
