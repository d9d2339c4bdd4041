import { expect, test } from 'vitest'
import { inspectFile } from '../../../../src/engine/administration/inspect-file.ts'
import {
  applyBundle,
  encodeBundle,
  encodeFile,
  encodeForkNotice,
  encodeNotices,
  type TrustedState,
} from '../../../../src/org/index.ts'
import { engineContract } from '../../../../src/shared/contract/engine.ts'
import { actor, adding, found, HOUR, MONDAY, provider, publish } from '../../org/actors.ts'

const inspect = (trusted: TrustedState, file: Uint8Array) =>
  inspectFile(provider, file, () => ({ trusted, offers: [], nameOf: () => 'Alice' }), MONDAY + 2 * HOUR)

test('of a file that changes hundreds of entries as much is told as goes across the port, the gravest first', () => {
  const { trusted, adminSeed } = found(actor('Alice'))
  const clerks = Array.from({ length: 150 }, (_, n) => adding(actor(`Clerk ${n}`))).flat()
  const newer = publish(trusted, clerks, [adminSeed])
  const told = inspect(trusted, encodeFile('bundle', encodeBundle(newer)))
  expect(told).toMatchObject({ kind: 'bundle', version: 2, changeCount: 300 })
  expect(told.changes).toHaveLength(200)
  expect(told.changes[0]).toMatchObject({ kind: 'device-added' })
  expect(engineContract.calls['file.inspect'].output.safeParse(told).success).toBe(true)
  const more = { ...told, changes: [...told.changes, ...told.changes] }
  expect(engineContract.calls['file.inspect'].output.safeParse(more).success).toBe(false)
})

test('a file with another list of the same number says who signed both, before and after it is taken in', () => {
  const alice = actor('Alice')
  const { trusted: first, adminSeed } = found(alice)
  const ours = publish(first, adding(actor('Bob')), [adminSeed])
  const theirs = publish(first, adding(actor('Mallory')), [adminSeed])
  const contradiction = {
    document: 'contacts',
    version: 2,
    trustedBy: [{ name: 'Alice' }],
    contradictedBy: [{ name: 'Alice' }],
  }
  const told = inspect(ours, encodeFile('bundle', encodeBundle(theirs)))
  expect(told).toMatchObject({ kind: 'bundle', version: 2, changes: [], changeCount: 0, forks: [contradiction] })
  expect(engineContract.calls['file.inspect'].output.safeParse(told).success).toBe(true)

  const warned = applyBundle(provider, ours, encodeBundle(theirs), MONDAY + 2 * HOUR).trusted
  const [evidence] = warned.forks
  const notice = evidence === undefined ? null : encodeForkNotice(evidence)
  if (notice === null) throw new Error('The two lists prove a fork')
  const asNotices = (...bytes: Uint8Array[]) => encodeFile('notices', encodeNotices(bytes.map(one => ({ bytes: one }))))
  expect(inspect(ours, asNotices(notice))).toMatchObject({ kind: 'notices', forks: [contradiction] })
  const strangers = found(actor('Zoe')).trusted
  expect(inspect(strangers, asNotices(notice, new Uint8Array([0x80])))).toMatchObject({ forks: [] })
})

test('a file whose list nobody may have signed is refused, and proves nothing', () => {
  const { trusted, adminSeed } = found(actor('Alice'))
  const newer = publish(trusted, adding(actor('Bob')), [adminSeed])
  const strangers = found(actor('Zoe')).trusted
  expect(() => inspect(strangers, encodeFile('bundle', encodeBundle(newer)))).toThrow(
    expect.objectContaining({ code: 'wrong-organisation' }),
  )
})
