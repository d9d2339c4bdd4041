import { describe, expect, it } from 'vitest'
import { changeWords } from '../../../../src/renderer/text/change-words.ts'
import type { RecordedChange } from '../../../../src/shared/contract/administration-entities.ts'
import type { DeviceId, GroupId, KeyId, PersonId } from '../../../../src/shared/ids.ts'

const sanna = { personId: '11'.repeat(16) as PersonId, name: 'Sanna Virtanen' }
const laptop = { deviceId: '22'.repeat(32) as DeviceId, deviceName: 'NV-LT-0231' }
const line = (change: RecordedChange) => changeWords(change).line

describe('the words for a change', () => {
  it('name the person, the device and the reason', () => {
    expect(line({ kind: 'person-added', ...sanna })).toBe('Sanna Virtanen added')
    expect(line({ kind: 'device-removed', ...sanna, ...laptop, reason: 'stolen' })).toBe(
      'NV-LT-0231 of Sanna Virtanen removed, stolen',
    )
    expect(line({ kind: 'group-removed', groupId: '33'.repeat(16) as GroupId, name: 'Fire wardens' })).toBe(
      'Group Fire wardens removed',
    )
  })

  it('tell each field with what it was', () => {
    const { details } = changeWords({
      kind: 'person-changed',
      ...sanna,
      fields: [
        { field: 'title', before: 'Designer', after: 'Lead designer' },
        { field: 'phone', before: '040 555 0117', after: '' },
        { field: 'photo', before: '', after: 'ab'.repeat(32) },
      ],
    })
    expect(details).toEqual([
      { text: 'Title: Lead designer', was: 'was Designer' },
      { text: 'Phone: nothing', was: 'was 040 555 0117' },
      { text: 'Picture added', was: '' },
    ])
  })

  it('say what a policy means', () => {
    const { details } = changeWords({
      kind: 'policy-changed',
      fields: [
        { field: 'approvesInvitations', before: 'false', after: 'true' },
        { field: 'offlineLeaseDays', before: '', after: '30' },
      ],
    })
    expect(details).toEqual([
      { text: 'Approve valid invitations automatically: yes', was: 'was no' },
      { text: 'Days without an administrator until Lanyard locks: 30', was: 'was never' },
    ])
  })

  it('say what a key may sign, and how many signatures it takes', () => {
    const key = { keyId: '44'.repeat(32) as KeyId, ...sanna, label: 'contacts' }
    expect(line({ kind: 'key-added', ...key, roles: ['contacts', 'orders'] })).toBe(
      'Key of Sanna Virtanen added, signs contact lists and orders',
    )
    const added: RecordedChange = { kind: 'key-added', ...key, roles: ['contacts'] }
    expect(changeWords(added).details).toEqual([])
    expect(changeWords({ ...added, isOffered: true }).details).toEqual([
      { text: 'Sanna Virtanen offered this key.', was: '' },
    ])
    expect(changeWords({ ...added, isOffered: false }).warning).toMatch(/^No offer of this key by Sanna Virtanen/)
    expect(line({ kind: 'threshold-changed', role: 'contacts', before: 1, after: 2, of: 3 })).toBe(
      'Contact lists take 2 of 3 signatures, was 1',
    )
  })
})
