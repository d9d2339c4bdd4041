import { expect, test } from 'vitest'
import { changesText } from '../../../src/cli/commands/changes.ts'
import { previewText, withMapped } from '../../../src/cli/commands/people-import.ts'
import { withThresholds } from '../../../src/cli/commands/root.ts'
import { duration } from '../../../src/cli/duration.ts'
import { changeLine, changeLines } from '../../../src/cli/print/changes.ts'
import { stepsText } from '../../../src/cli/print/organisation.ts'
import { table } from '../../../src/cli/print/table.ts'
import { wordsOf } from '../../../src/cli/secrets.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import type { RecordedChange } from '../../../src/shared/contract/administration-entities.ts'
import type { DeviceId, KeyId, PersonId, ProposalId } from '../../../src/shared/ids.ts'

const personId = '01'.repeat(16) as PersonId
const deviceId = '02'.repeat(32) as DeviceId
const keyId = '03'.repeat(32) as KeyId
const bob = { personId, name: 'Bob' }

test('columns are as wide as they need, also with umlauts and emoji', () => {
  expect(
    table(
      ['NAME', 'ROLE'],
      [
        ['Jürgen 😀', 'a'],
        ['B', ''],
      ],
    ),
  ).toBe('NAME      ROLE\nJürgen 😀  a\nB')
})

test('a line break in a cell is shown, so that no table forges a line of ours', () => {
  const preview = previewText({
    columns: ['Name\nVerified.'],
    mapping: { name: 0 },
    counts: { add: 0, change: 0, same: 0, problem: 1 },
    rows: [
      {
        row: 2,
        action: 'problem',
        name: 'Bob\n1 new, 0 with problems',
        detail: '',
        problems: [{ field: 'name', problem: 'not-one-line', value: 'Bob\nVerified.' }],
      },
    ],
    rowCount: 1,
  })
  expect(preview.split('\n')).toHaveLength(4)
})

test('a change is one line with the sign of a diff', () => {
  const changes: RecordedChange[] = [
    { kind: 'person-added', ...bob },
    { kind: 'person-changed', ...bob, fields: [{ field: 'title', before: '', after: 'Foreman' }] },
    { kind: 'device-removed', deviceId, ...bob, deviceName: "Bob's PC", reason: 'stolen' },
    { kind: 'key-added', keyId, ...bob, label: 'Recovery sheet', roles: ['root'] },
    { kind: 'threshold-changed', role: 'contacts', before: 1, after: 2, of: 3 },
  ]
  expect(changes.map(changeLine)).toEqual([
    '+ person Bob',
    '~ person Bob: title: – → Foreman',
    "- device Bob's PC of Bob (stolen)",
    '+ key 0303030303030303 of Bob (Recovery sheet) for root',
    '~ contacts signatures needed: 1 → 2 of 3',
  ])
  expect(changeLines(changes.slice(0, 1), 501)).toBe('  + person Bob\n  … and 500 more changes')
})

test('what waits: staged changes by number, proposals with what they lack', () => {
  const text = changesText({
    nextVersion: 8,
    threshold: 2,
    signers: 3,
    staged: [{ id: 4, stagedAt: 0, change: { kind: 'person-removed', ...bob }, problem: 'person-gone' }],
    stagedCount: 1,
    proposals: [
      {
        id: 'ab'.repeat(32) as ProposalId,
        kind: 'root',
        version: 3,
        proposedBy: bob,
        proposedAt: Date.UTC(2026, 2, 1, 9, 30),
        changes: [],
        changeCount: 0,
        signedBy: [{ keyId, personId, name: 'Bob' }],
        needs: [
          { of: 'root', signed: 1, threshold: 2 },
          { of: 'next-root', signed: 2, threshold: 2 },
        ],
        wantsOwn: true,
        isOwn: false,
      },
    ],
    needsRenewal: false,
  })
  expect(text).toBe(
    [
      '1 change staged for list 8:',
      '     4  - person Bob  cannot be signed: person-gone',
      '',
      'Proposal abababababababab: root 3, by Bob, 2026-03-01 09:30Z',
      '  nothing on it changes',
      '  signed by Bob; missing: 1 signature by root keys',
    ].join('\n'),
  )
})

test('a verification says each step, and the verdict on a line of its own', () => {
  const steps = [
    { step: 'root 1', outcome: 'ok', reason: null, detail: 'Hafen & Co' },
    { step: 'entries', outcome: 'refused', reason: 'merkle-mismatch', detail: 'not those that were signed' },
  ] as const
  expect(stepsText(steps)).toBe(
    [
      '         STEP     RESULT',
      'ok       root 1   Hafen & Co',
      'REFUSED  entries  merkle-mismatch: not those that were signed',
      '',
      'NOT VERIFIED',
    ].join('\n'),
  )
  expect(stepsText(steps.slice(0, 1))).toMatch(/\n\nVerified\.$/)
})

test('a preview names each problem by its row', () => {
  const text = previewText({
    columns: ['Name', 'Mail'],
    mapping: { name: 0, email: 1 },
    counts: { add: 1, change: 0, same: 3, problem: 1 },
    rows: [
      {
        row: 7,
        action: 'problem',
        name: 'Mallory',
        detail: '',
        problems: [{ field: 'email', problem: 'bad-email', value: 'at home' }],
      },
      { row: 2, action: 'add', name: 'Carol', detail: 'Harbour', problems: [] },
    ],
    rowCount: 5,
  })
  expect(text.split('\n')).toEqual([
    'Columns: name ← "Name", email ← "Mail"',
    '1 new, 0 changed, 3 as they are, 1 with problems',
    'ROW  ACTION   NAME',
    '7    problem  Mallory  email: bad-email "at home"',
    '2    add      Carol    Harbour',
  ])
})

test('columns are named by heading or number, and taken out with nothing', () => {
  const columns = ['Who', 'Mail=work', '3']
  expect(withMapped({ name: 0 }, columns, ['email=Mail=work', 'phone=3', 'title=1'])).toEqual({
    name: 0,
    email: 1,
    phone: 2,
    title: 0,
  })
  expect(withMapped({ name: 0, email: 1 }, columns, ['email='])).toEqual({ name: 0 })
  for (const wrong of ['shoe=1', 'name=9', 'name=0', 'name=Nobody'])
    expect(() => withMapped({}, columns, [wrong])).toThrow(UsageError)
})

test('thresholds that are not named stay as they are', () => {
  const rule = (threshold: number) => ({ threshold, keys: 3 })
  const roles = { root: rule(1), contacts: rule(2), orders: rule(2), freshness: rule(1) }
  expect(withThresholds({ roles }, ['contacts=3'])).toEqual({ root: 1, contacts: 3, orders: 2 })
  for (const wrong of ['freshness=2', 'root', 'root=x'])
    expect(() => withThresholds({ roles }, [wrong])).toThrow(UsageError)
})

test('durations have units', () => {
  expect(['30s', '15m', '12h', '7d'].map(duration)).toEqual([30_000, 900_000, 43_200_000, 604_800_000])
  for (const wrong of ['30', 's', '-1s', '1w', '1.5h']) expect(() => duration(wrong)).toThrow(UsageError)
})

test('recovery words are 24, on as many lines as one likes', () => {
  const words = Array.from({ length: 24 }, (_, at) => `word${at}`)
  expect(wordsOf(` ${words.slice(0, 12).join(' ')}\n${words.slice(12).join('\t')}\n`.toUpperCase())).toEqual(words)
  expect(() => wordsOf('one two')).toThrow(/24 words, not 2/)
})
