import * as nodeCrypto from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { concatBytes, nobleProvider, toHex } from '../../../src/crypto/index.ts'
import { nativeAead } from '../../../src/engine/native-crypto/aead.ts'
import { nativeEd25519 } from '../../../src/engine/native-crypto/ed25519.ts'
import { nativeHashes } from '../../../src/engine/native-crypto/hashes.ts'
import { nativeMlkem768 } from '../../../src/engine/native-crypto/mlkem768.ts'
import { nativeX25519 } from '../../../src/engine/native-crypto/x25519.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'

const kinds = [nativeHashes, nativeX25519, nativeEd25519, nativeMlkem768, nativeAead]

describe('the native backend', () => {
  test('its self-tests expect the answers that noble gives', () => {
    for (const create of kinds) {
      const { selfTest, expected } = create(nodeCrypto)
      expect(toHex(nobleProvider.sha256(concatBytes(...selfTest(nobleProvider))))).toBe(expected)
    }
  })

  test('serves everything under this Node', () => {
    const missing: string[] = []
    createNativeProvider({ onFallback: kind => missing.push(kind) })
    expect(missing).toEqual([])
  })

  test('leaves to noble what a runtime lacks: Electron without ChaCha20-Poly1305 and ML-KEM', () => {
    const { encapsulate: _, decapsulate: __, ...rest } = nodeCrypto
    const electron = {
      ...rest,
      createCipheriv: () => {
        throw new Error('Unknown cipher')
      },
    }
    const missing: string[] = []
    const provider = createNativeProvider({ node: electron, onFallback: kind => missing.push(kind) })
    expect(missing).toEqual(['ml-kem-768', 'chacha20-poly1305'])
    expect(provider.mlkem768Keygen).toBe(nobleProvider.mlkem768Keygen)
    expect(provider.x25519).not.toBe(nobleProvider.x25519)
  })

  test('leaves to noble what gives other answers', () => {
    const wrong = { ...nodeCrypto, diffieHellman: () => Buffer.alloc(32, 1) }
    const missing: string[] = []
    // a stand-in for a runtime that is broken: the overloads of node:crypto do not matter here
    createNativeProvider({ node: wrong as Partial<typeof nodeCrypto>, onFallback: kind => missing.push(kind) })
    expect(missing).toEqual(['x25519'])
  })

  test('opens what noble sealed and the other way round, at every size', () => {
    const native = createNativeProvider()
    const [key, nonce, aad] = [new Uint8Array(32).fill(1), new Uint8Array(12).fill(2), new Uint8Array(5)]
    for (const size of [0, 1, 63, 64, 2_047, 2_048, 2_064, 70_000]) {
      const message = new Uint8Array(size).fill(3)
      const sealed = native.aeadSeal(key, nonce, aad, message)
      expect(sealed).toEqual(nobleProvider.aeadSeal(key, nonce, aad, message))
      expect(native.aeadOpen(key, nonce, aad, sealed)).toEqual(message)
      expect(native.aeadOpen(key, nonce, aad, sealed.with(size, (sealed[size] ?? 0) ^ 1))).toBe(undefined)
    }
  })

  test('refuses signature keys of small order in every form, as noble does', () => {
    const native = createNativeProvider()
    const signature = new Uint8Array(64)
    signature[0] = 1
    for (const y of ['00', '01', 'ec', 'ed', 'ee'])
      for (const sign of ['7f', 'ff', '00', '80']) {
        const fill = sign === '7f' || sign === 'ff' ? 'ff' : '00'
        const publicKey = Uint8Array.from(Buffer.from(y + fill.repeat(30) + sign, 'hex'))
        expect(native.ed25519Verify(signature, new Uint8Array(0), publicKey)).toBe(false)
        expect(nobleProvider.ed25519Verify(signature, new Uint8Array(0), publicKey)).toBe(false)
      }
  })
})
