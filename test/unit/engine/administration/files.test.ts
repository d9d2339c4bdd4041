import { expect, test } from 'vitest'
import { createFiles } from '../../../../src/engine/administration/files.ts'
import type { Member } from '../../../../src/engine/member.ts'
import { encodeBundle, encodeFile } from '../../../../src/org/index.ts'
import { engineContract } from '../../../../src/shared/contract/engine.ts'
import { actor, adding, found, HOUR, MONDAY, provider, publish } from '../../org/actors.ts'

test('of a file that changes hundreds of entries as much is told as goes across the port, the gravest first', () => {
  const { trusted, adminSeed } = found(actor('Alice'))
  const clerks = Array.from({ length: 150 }, (_, n) => adding(actor(`Clerk ${n}`))).flat()
  const newer = publish(trusted, clerks, [adminSeed])
  const member = {
    membership: { trusted: () => trusted },
    administration: { changes: { nameOf: () => '?' } },
  } as unknown as Member
  const files = createFiles({ provider, member: () => member, joining: {} as never, now: () => MONDAY + 2 * HOUR })
  const told = files.inspect(encodeFile('bundle', encodeBundle(newer)))
  expect(told).toMatchObject({ kind: 'bundle', version: 2, changeCount: 300 })
  expect(told.changes).toHaveLength(200)
  expect(told.changes[0]).toMatchObject({ kind: 'device-added' })
  expect(engineContract.calls['file.inspect'].output.safeParse(told).success).toBe(true)
  const more = { ...told, changes: [...told.changes, ...told.changes] }
  expect(engineContract.calls['file.inspect'].output.safeParse(more).success).toBe(false)
})
