import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import type { DevicePublicKeys } from './device-keys.ts'
import type { CryptoProvider } from './provider.ts'

/** A person as the contact list names them: id (16 bytes, hex) and the keys of all devices. */
export interface SafetyNumberPerson {
  readonly personId: string
  readonly devices: readonly DevicePublicKeys[]
}

/**
 * Rounds of SHA-512 as in Signal's numeric fingerprint: makes a search for a key with a similar number 2^12 times
 * dearer, at some 10 ms for each person.
 */
const ROUNDS = 5_200
const GROUPS_PER_PERSON = 6
const BYTES_PER_GROUP = 5
const CONTEXT = utf8('lanyard/safety-number/1\0')

const groupsOf = (provider: CryptoProvider, { personId, devices }: SafetyNumberPerson): string => {
  const keys = devices.map(({ sig, dh }) => toHex(concatBytes(sig, dh))).sort()
  const material = concatBytes(CONTEXT, fromHex(personId), ...keys.map(fromHex))
  let hash = provider.sha512(material)
  for (let round = 1; round < ROUNDS; round++) hash = provider.sha512(concatBytes(hash, material))
  const groups = Array.from({ length: GROUPS_PER_PERSON }, (_, i) => {
    let number = 0
    for (const byte of hash.subarray(i * BYTES_PER_GROUP, (i + 1) * BYTES_PER_GROUP)) number = number * 256 + byte
    return String(number % 100_000).padStart(5, '0')
  })
  return groups.join(' ')
}

/**
 * Twelve groups of five digits, the same for both people whoever computes it. It changes when a device of either is
 * added, removed or replaced.
 */
export const safetyNumber = (provider: CryptoProvider, a: SafetyNumberPerson, b: SafetyNumberPerson): string =>
  [groupsOf(provider, a), groupsOf(provider, b)].sort().join(' ')
