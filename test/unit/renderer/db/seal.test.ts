import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openRow, sealRow } from '../../../../src/renderer/db/seal.ts'

const key = new Uint8Array(32).fill(7)
const row = { id: 'm1', order: '05', text: 'The spare motor is on shelf B12', unread: 3, latest: { text: null } }
const seal = () => sealRow(key, 'messages', 'm1', row, ['id', 'order'])

test('a row comes back as it was, whatever is in it', () => {
  const json = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(json, value => {
      const { ['__proto__']: _, ...plain } = value
      expect(openRow(key, 't', 'k', sealRow(key, 't', 'k', plain, []))).toEqual(plain)
    }),
  )
})

describe('on disk', () => {
  test('only what the indexes need stands in the clear', () => {
    const { sealed, ...clear } = seal()
    expect(clear).toEqual({ id: 'm1', order: '05' })
    expect(new TextDecoder('latin1').decode(sealed)).not.toContain('motor')
  })
  test('the same row never looks the same twice', () => {
    expect(seal().sealed).not.toEqual(seal().sealed)
  })
})

describe('Mallory, who can write to the disk,', () => {
  const cannotBeOpened = expect.objectContaining({ code: 'storage-failed' })
  test('cannot change a bit', () => {
    const stored = seal()
    for (const at of [0, 23, 24, stored.sealed.length - 1]) {
      const sealed = stored.sealed.slice()
      sealed[at] = (sealed[at] ?? 0) ^ 1
      expect(() => openRow(key, 'messages', 'm1', { ...stored, sealed })).toThrow(cannotBeOpened)
    }
  })
  test('cannot move a row to another place or table', () => {
    expect(() => openRow(key, 'messages', 'm2', seal())).toThrow(cannotBeOpened)
    expect(() => openRow(key, 'drafts', 'm1', seal())).toThrow(cannotBeOpened)
  })
  test('cannot put a row without a seal there', () => {
    for (const stored of [row, { ...row, sealed: new Uint8Array(24) }, { ...row, sealed: 'x' }, 'x', undefined])
      expect(() => openRow(key, 'messages', 'm1', stored)).toThrow(cannotBeOpened)
  })
  test('cannot change what is shown by changing an index', () => {
    expect(openRow(key, 'messages', 'm1', { ...seal(), order: 'ff' })).toMatchObject({ order: '05' })
  })
  test('cannot open it without the key', () => {
    expect(() => openRow(new Uint8Array(32), 'messages', 'm1', seal())).toThrow(cannotBeOpened)
  })
})
