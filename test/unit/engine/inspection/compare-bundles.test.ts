import { expect, test } from 'vitest'
import { changeLines } from '../../../../src/cli/print/changes.ts'
import { compareBundles } from '../../../../src/engine/inspection/compare-bundles.ts'
import { encodeBundle, encodeFile, type TrustedState } from '../../../../src/org/index.ts'
import { actor, adding, found, HOUR, MONDAY, provider, publish, rotate } from '../../org/actors.ts'

const fileOf = (trusted: TrustedState) => encodeFile('bundle', encodeBundle(trusted))

const compare = (older: TrustedState, newer: TrustedState) =>
  compareBundles(fileOf(older), fileOf(newer), { provider, now: MONDAY + 2 * HOUR })

test('of two bundles that differ in little everything is told, who may sign first', () => {
  const { trusted: before, adminSeed, rootSeed } = found(actor('Alice'))
  const renamed = rotate(before, { name: 'Harbour & Daughters' }, [rootSeed])
  const after = publish(renamed, adding(actor('Bob')), [adminSeed])
  const { changes, changeCount } = compare(before, after)
  expect(changes.map(({ kind }) => kind)).toEqual(['organisation-renamed', 'person-added', 'device-added'])
  expect(changeCount).toBe(3)
})

test('of two bundles that differ in hundreds the gravest are told, and how many more there are', () => {
  const { trusted: before, adminSeed, rootSeed } = found(actor('Alice'))
  const renamed = rotate(before, { name: 'Harbour & Daughters' }, [rootSeed])
  const clerks = Array.from({ length: 150 }, (_, n) => adding(actor(`Clerk ${n}`))).flat()
  const { changes, changeCount } = compare(before, publish(renamed, clerks, [adminSeed]))
  expect(changeCount).toBe(301)
  expect(changes).toHaveLength(200)
  expect(changes[0]).toMatchObject({ kind: 'organisation-renamed' })
  expect(changeLines(changes, changeCount).split('\n').at(-1)).toBe('  … and 101 more changes')
})
