import { describe, expect, test } from 'vitest'
import {
  fingerprintWords,
  fromHex,
  nobleProvider,
  recoveryWords,
  safetyNumber,
  seedFromRecoveryWords,
  utf8,
} from '../../../src/crypto/index.ts'
import { backends } from '../../helpers/crypto-backends.ts'

const bytes = (fill: number) => new Uint8Array(32).fill(fill)

describe('the words of a recovery sheet', () => {
  /** BIP-39 test vectors of trezor/python-mnemonic (MIT): 256 bits. */
  test.each([
    ['00'.repeat(32), `${'abandon '.repeat(23)}art`],
    ['ff'.repeat(32), `${'zoo '.repeat(23)}vote`],
    [
      'f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f',
      'void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold',
    ],
  ])('%s', (hex, sheet) => {
    expect(recoveryWords(fromHex(hex)).join(' ')).toBe(sheet)
    expect(seedFromRecoveryWords(sheet.split(' '))).toEqual(fromHex(hex))
  })

  test('are read whatever the spacing and the case', () => {
    const sheet = recoveryWords(bytes(7))
    expect(seedFromRecoveryWords(`  ${sheet.join('\n ').toUpperCase()}\t`)).toEqual(bytes(7))
  })

  test.each([
    ['a word too few', (sheet: readonly string[]) => sheet.slice(1)],
    ['half a sheet that is right in itself', () => 'abandon '.repeat(11).concat('about').split(' ')],
    ['an unknown word', (sheet: readonly string[]) => ['lanyard', ...sheet.slice(1)]],
    ['two words exchanged', ([a = '', b = '', ...rest]: readonly string[]) => [b, a, ...rest]],
    ['nothing', () => []],
  ])('%s is told', (_, change) => {
    const sheet = recoveryWords(fromHex('f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f'))
    expect(() => seedFromRecoveryWords(change(sheet))).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})

describe.each(backends)('what two people compare, on $name', provider => {
  test('six words, which depend on every part and on where it ends', () => {
    const words = fingerprintWords(provider, utf8('ab'), utf8('c'))
    expect(words).toEqual(['reason', 'wood', 'rare', 'dutch', 'object', 'culture'])
    expect(fingerprintWords(provider, utf8('a'), utf8('bc'))).not.toEqual(words)
    expect(fingerprintWords(provider, utf8('abc'))).not.toEqual(words)
  })

  /** The number and the words were computed by an independent program. */
  const alice = { personId: '0a'.repeat(16), devices: [1, 3].map(fill => ({ sig: bytes(fill), dh: bytes(fill + 1) })) }
  const bob = { personId: '0b'.repeat(16), devices: [{ sig: bytes(5), dh: bytes(6) }] }

  test('a safety number of twelve groups, the same for both', () => {
    const number = safetyNumber(provider, alice, bob)
    expect(number).toBe(safetyNumber(nobleProvider, bob, { ...alice, devices: alice.devices.toReversed() }))
    expect(number).toBe('66578 52224 93363 93285 57497 89024 83199 74758 04480 89856 41340 69763')
  })

  test('another number when a device comes, goes or changes a key', () => {
    const number = safetyNumber(provider, alice, bob)
    const others = [
      { ...bob, devices: [] },
      { ...bob, devices: [...bob.devices, ...alice.devices] },
      { ...bob, devices: [{ sig: bytes(5), dh: bytes(7) }] },
      { ...bob, personId: '0c'.repeat(16) },
    ].map(changed => safetyNumber(provider, alice, changed))
    expect(new Set([number, ...others]).size).toBe(5)
  })
})
