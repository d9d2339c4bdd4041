import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prepareList, publishList, signList } from '../../../src/org/administration/sign-list.ts'
import { headerDocument } from '../../../src/org/documents/contact-list.ts'
import { leafOfPerson, personKey } from '../../../src/org/documents/leaf.ts'
import { defaultPolicy, policyDocument } from '../../../src/org/documents/policy.ts'
import {
  baseOfStep,
  decodeStep,
  describeChanges,
  encodeStep,
  type HistoryStep,
  historyStep,
  isNextVersion,
  type ListVersion,
  type RefusalReason,
  signersOfList,
  undoStep,
} from '../../../src/org/index.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import {
  actor,
  adding,
  detailsOf,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  rotate,
  signedBy,
  updated,
} from './actors.ts'
import { anyEdits, byHand } from './edits.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const carol = actor('Carol')
const { trusted: first, adminSeed, rootSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])
const bobSeed = newSeed()
const bobsKey = { id: keyOf(bobSeed), holder: bob.personId, label: 'Administrator' }
/** The old administrator's key goes, Bob's comes: a rotation in the middle of the history. */
const rotated = rotate(
  withBob,
  {
    keys: [...withBob.root.keys, bobsKey],
    roles: { ...withBob.root.roles, contacts: { threshold: 1, keys: [bobsKey.id] } },
  },
  [rootSeed],
)
const withCarol = publish(rotated, adding(carol), [bobSeed])
const policy = { ...defaultPolicy, retentionDays: 90 }
const strict = updated(
  publishList(
    provider,
    withCarol,
    signList(provider, prepareList(provider, withCarol, { edits: [], policy }, MONDAY + HOUR), bobSeed),
    MONDAY + HOUR,
  ),
)
const withoutBob = publish(strict, [{ kind: 'remove-person', personId: bob.personId, reason: 'left' }], [bobSeed])
const versions = [first, withBob, withCarol, strict, withoutBob]

const content = ({ list, leaves, policy }: ListVersion) => ({ list, leaves, policy })
const steps = versions
  .slice(1)
  .map((newer, i) => decodeStep(encodeStep(historyStep(versions[i] as TrustedState, newer))))
const stepTo = (version: number) => steps[version - 1] as HistoryStep

describe('Carol reads the history of the list', () => {
  test('back to the first version, over a change of administrators', () => {
    let list: ListVersion = withoutBob
    for (const older of versions.slice(0, -1).reverse()) {
      list = undoStep(provider, withoutBob, list, stepTo(older.list.header.version))
      expect(content(list)).toEqual(content(older))
    }
    expect(list.list.header.version).toBe(1)
  })

  test('and who signed each version, as the root of that time names them', () => {
    const older = undoStep(provider, withoutBob, strict, stepTo(3))
    expect(signersOfList(withoutBob, older.list)).toEqual({ threshold: 1, keys: [bobsKey] })
    expect(signersOfList(withoutBob, withBob.list).keys).toMatchObject([{ holder: alice.personId }])
  })

  test('and what each version changed', () => {
    const device = { deviceId: bob.device.id, deviceName: 'Bob’s PC', personId: bob.personId, name: 'Bob' }
    const bobsDevice = { ...device, deviceName: bob.device.name }
    expect(describeChanges(first, withBob)).toEqual([
      { kind: 'person-added', personId: bob.personId, name: 'Bob' },
      { kind: 'device-added', ...bobsDevice },
    ])
    expect(describeChanges(withCarol, strict)).toEqual([
      { kind: 'policy-changed', fields: [{ field: 'retentionDays', before: null, after: 90 }] },
    ])
    expect(describeChanges(strict, withoutBob)).toEqual([
      { kind: 'person-removed', personId: bob.personId, name: 'Bob' },
      { kind: 'device-removed', ...bobsDevice, reason: 'left' },
    ])
  })

  test('and of a list that was prepared under one root and signed under the next', () => {
    const draft = prepareList(provider, withBob, { edits: adding(carol) }, MONDAY + HOUR)
    const late = updated(publishList(provider, rotated, signList(provider, draft, bobSeed), MONDAY + HOUR))
    expect(late.list.header.rootVersion).toBe(1)
    const next = publish(late, [], [bobSeed])
    const older = undoStep(provider, next, next, historyStep(late, next))
    expect(signersOfList(next, older.list).keys).toEqual([bobsKey])
  })

  test('and a step tells for which list a delta can be made of it', () => {
    const { hash, header } = withBob.list
    expect(baseOfStep(provider, stepTo(2))).toEqual({ listHash: hash, listVersion: 2, rootVersion: header.rootVersion })
    expect(isNextVersion(withBob, withCarol)).toBe(true)
    expect(isNextVersion(first, withCarol)).toBe(false)
  })

  test('also over versions that never came here, as far as this device saw it itself', () => {
    const jump = historyStep(first, strict)
    expect(content(undoStep(provider, strict, strict, jump, { isOwn: true }))).toEqual(content(first))
    expect(() => undoStep(provider, strict, strict, jump)).toThrow(
      expect.objectContaining({ reason: 'history-mismatch' }),
    )
  })
})

describe('Mallory tells another history', () => {
  const malloryKey = newSeed()
  const refuses = (change: Partial<HistoryStep>, reason: RefusalReason, isOwn = false) =>
    expect(() => undoStep(provider, strict, strict, { ...stepTo(3), ...change }, { isOwn })).toThrow(
      expect.objectContaining({ reason }),
    )

  test('in which a version says something else', () => {
    const document = headerDocument.encode({ ...withCarol.list.header, issued: MONDAY })
    refuses({ list: signedBy('lanyard/contacts/1', document, bobSeed) }, 'history-mismatch')
  })

  test('in which nobody, or somebody else, signed', () => {
    const { document } = withCarol.list.signed
    refuses({ list: { document, signatures: [] } }, 'threshold-short')
    refuses({ list: signedBy('lanyard/contacts/1', document, malloryKey) }, 'key-unknown')
    refuses({ list: signedBy('lanyard/contacts/1', document, adminSeed) }, 'key-wrong-role')
    refuses({ list: signedBy('lanyard/freshness/1', document, bobSeed) }, 'signature-invalid')
  })

  test('in which somebody was on the list, or was not, or was somebody else', () => {
    const forged = leafOfPerson({ ...detailsOf(actor('Mallory')), devices: [] })
    refuses({ leaves: [forged.bytes] }, 'count-mismatch')
    refuses({ absent: [personKey(bob.personId)] }, 'count-mismatch')
    const other = leafOfPerson({ ...detailsOf(bob), title: 'Thief', devices: [bob.device] })
    refuses({ leaves: [other.bytes] }, 'merkle-mismatch')
    refuses({ leaves: [other.bytes], absent: [personKey(bob.personId)] }, 'delta-mismatch')
  })

  test('in which other rules held', () => {
    refuses({ policy: policyDocument.encode({ ...defaultPolicy, retentionDays: 1 }) }, 'policy-mismatch')
    refuses({ policy: null }, 'policy-mismatch')
  })

  test('of another organisation', () => {
    const other = found(actor('Oscar')).trusted
    refuses({ list: other.list.signed }, 'wrong-organisation', true)
  })

  test('that is no history at all', () => {
    expect(() => decodeStep(new Uint8Array([0xa0]))).toThrow(expect.objectContaining({ reason: 'malformed' }))
    expect(() => decodeStep(new Uint8Array(17 * 1024 * 1024))).toThrow(expect.objectContaining({ reason: 'too-large' }))
  })
})

test('undoing any versions gives the lists that were', () => {
  fc.assert(
    fc.property(fc.array(anyEdits, { minLength: 1, maxLength: 4 }), scripts => {
      const past: TrustedState[] = [withBob]
      for (const script of scripts) {
        const newest = past.at(-1) as TrustedState
        past.push(publish(newest, byHand(newest, script), [adminSeed]))
      }
      let list: ListVersion = past.at(-1) as TrustedState
      for (const older of past.slice(0, -1).reverse()) {
        const step = decodeStep(encodeStep(historyStep(older, list)))
        const undone = undoStep(provider, withBob, list, step)
        expect(content(undone)).toEqual(content(older))
        // nothing is told only where nothing differs
        expect(describeChanges(undone, list).length === 0).toBe(
          older.list.header.merkleRoot === list.list.header.merkleRoot,
        )
        list = undone
      }
    }),
    { numRuns: 30 },
  )
})
