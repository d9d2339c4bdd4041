import { describe, expect, test } from 'vitest'
import { concatBytes, equalBytes } from '../../../src/crypto/index.ts'
import { isLanyardError } from '../../../src/shared/errors.ts'
import { backends } from '../../helpers/crypto-backends.ts'
import { type VectorCase, wycheproof } from '../../helpers/wycheproof.ts'

/** Whether the backend did what the case asks; a refusal of bad input counts as false, a bug is thrown. */
const accepted = (work: () => boolean): boolean => {
  try {
    return work()
  } catch (error) {
    if (isLanyardError(error) || error instanceof RangeError) return false
    throw error
  }
}

const failures = (cases: readonly VectorCase[], isRight: (one: VectorCase) => boolean): readonly string[] =>
  cases.filter(one => !isRight(one)).map(({ id }) => id)

describe.each(backends)('official vectors on $name', provider => {
  test('X25519: 518 cases; low-order keys are refused', () => {
    const cases = wycheproof('x25519')
    const isRight = (one: VectorCase) => {
      const shared = one.bytes('shared')
      const isZero = shared.every(byte => byte === 0)
      return accepted(() => equalBytes(provider.x25519(one.bytes('private'), one.bytes('public')), shared)) === !isZero
    }
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(518)
  })

  test('Ed25519: 151 of 151 cases, strictly', () => {
    const cases = wycheproof('ed25519')
    const isRight = (one: VectorCase) =>
      provider.ed25519Verify(one.bytes('sig'), one.bytes('msg'), one.bytes('publicKey.pk')) === (one.result === 'valid')
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(151)
  })

  test('ChaCha20-Poly1305: 325 cases, sealed and opened', () => {
    const cases = wycheproof('chacha20_poly1305')
    const isRight = (one: VectorCase) => {
      const [key, nonce, aad, message] = [one.bytes('key'), one.bytes('iv'), one.bytes('aad'), one.bytes('msg')]
      const sealed = concatBytes(one.bytes('ct'), one.bytes('tag'))
      const opens = accepted(() => equalBytes(provider.aeadOpen(key, nonce, aad, sealed) ?? sealed, message))
      const seals = accepted(() => equalBytes(provider.aeadSeal(key, nonce, aad, message), sealed))
      return one.result === 'valid' ? opens && seals : !opens
    }
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(325)
  })

  test('HKDF-SHA256: 86 cases', () => {
    const cases = wycheproof('hkdf_sha256')
    const isRight = (one: VectorCase) => {
      const [ikm, salt, info] = [one.bytes('ikm'), one.bytes('salt'), one.bytes('info')]
      const derives = accepted(() =>
        equalBytes(provider.hkdfSha256(ikm, salt, info, one.number('size')), one.bytes('okm')),
      )
      return derives === (one.result === 'valid')
    }
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(86)
  })

  test('HMAC-SHA256: 174 cases', () => {
    const cases = wycheproof('hmac_sha256')
    const isRight = (one: VectorCase) => {
      const mac = provider.hmacSha256(one.bytes('key'), one.bytes('msg')).slice(0, one.number('tagSize') / 8)
      return equalBytes(mac, one.bytes('tag')) === (one.result === 'valid')
    }
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(174)
  })

  test('ML-KEM-768: 193 cases of key generation and decapsulation', () => {
    const cases = wycheproof('mlkem_768')
    const isRight = (one: VectorCase) =>
      accepted(() => {
        const { publicKey, seed } = provider.mlkem768Keygen(one.bytes('seed'))
        const sharedSecret = provider.mlkem768Decapsulate(one.bytes('c'), seed)
        return equalBytes(publicKey, one.bytes('ek')) && equalBytes(sharedSecret, one.bytes('K'))
      }) ===
      (one.result === 'valid')
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(193)
  })

  test('ML-KEM-768: 265 cases of encapsulation; keys that are not reduced are refused', () => {
    const cases = wycheproof('mlkem_768_encaps')
    const isRight = (one: VectorCase) => {
      const [publicKey, isValid] = [one.bytes('ek'), one.result === 'valid']
      const fixed = accepted(() => {
        const { ciphertext, sharedSecret } = provider.mlkem768Encapsulate(publicKey, one.bytes('m'))
        return equalBytes(ciphertext, one.bytes('c')) && equalBytes(sharedSecret, one.bytes('K'))
      })
      const fresh = accepted(() => provider.mlkem768Encapsulate(publicKey).sharedSecret.length === 32)
      return fixed === isValid && fresh === isValid
    }
    expect(failures(cases, isRight)).toEqual([])
    expect(cases).toHaveLength(265)
  })
})
