import { expect, test } from 'vitest'
import { createEnvelopeIds } from '../../../../src/engine/delivery/envelope-ids.ts'
import { statesBefore } from '../../../../src/engine/delivery/message-state.ts'
import { createNativeProvider } from '../../../../src/engine/native-crypto.ts'
import { envelopeId } from '../../../../src/shared/ids.ts'

test('a state goes only forward', () => {
  expect(statesBefore('queued')).toEqual([])
  expect(statesBefore('failed')).toEqual(['queued'])
  expect(statesBefore('delivered')).toEqual(['queued', 'failed', 'held'])
  expect(statesBefore('read')).toEqual(['queued', 'failed', 'held', 'delivered'])
})

test('envelope ids grow, through a clock that is set back and through a restart', () => {
  const provider = createNativeProvider()
  const time = { now: 1_700_000_000_000 }
  const next = createEnvelopeIds({ provider, now: () => time.now, last: null })
  const ids = Array.from({ length: 3_000 }, next)
  time.now -= 3_600_000
  ids.push(next())
  const afterRestart = createEnvelopeIds({ provider, now: () => time.now, last: ids.at(-1) ?? null })
  ids.push(afterRestart())
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(envelopeId.safeParse(id).success).toBe(true)
})
