import { describe, expect, test } from 'vitest'
import { draftKey } from '../../../../src/renderer/text/draft-key.ts'
import { rebaseDraft } from '../../../../src/renderer/text/rebase-draft.ts'

describe('whether a form has changed', () => {
  test('a form that is back where it began has not', () => {
    const first = { name: 'Alice', members: new Set(['a', 'b']), picture: undefined }
    expect(draftKey({ ...first, members: new Set(['b', 'a']) })).toBe(draftKey(first))
  })

  test.each([
    ['another name', { name: 'Bob', members: new Set(['a']), picture: undefined }],
    ['one person more', { name: 'Alice', members: new Set(['a', 'b']), picture: undefined }],
    ['another person', { name: 'Alice', members: new Set(['b']), picture: undefined }],
    ['a new picture', { name: 'Alice', members: new Set(['a']), picture: new Uint8Array(3) }],
    ['no picture any more', { name: 'Alice', members: new Set(['a']), picture: null }],
  ])('%s is a change', (_what, draft) => {
    expect(draftKey(draft)).not.toBe(draftKey({ name: 'Alice', members: new Set(['a']), picture: undefined }))
  })
})

test('what Alice types stays when Bob’s policy arrives, and every other field follows his', () => {
  const base = { days: '21', hasLease: false, seeds: '' }
  const draft = { ...base, seeds: '192.0.2.1' }
  const fresh = { days: '30', hasLease: true, seeds: '198.51.100.7' }
  expect(rebaseDraft(draft, base, fresh)).toEqual({ days: '30', hasLease: true, seeds: '192.0.2.1' })
  expect(rebaseDraft(base, base, fresh)).toEqual(fresh)
})
