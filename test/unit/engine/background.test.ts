import { expect, test } from 'vitest'
import { createBackground } from '../../../src/engine/background.ts'
import { silentLog } from '../../helpers/silent-log.ts'

test('a profile is closed only after what nobody waits for has ended, also what that began', async () => {
  const background = createBackground(silentLog)
  const done: string[] = []
  const steps = Array.from({ length: 2 }, () => Promise.withResolvers<void>())
  const work = async () => {
    await steps[0]?.promise
    done.push('the list')
    background.run(
      steps[1]?.promise.then(() => done.push('the pictures')) ?? Promise.reject(new Error('no second step')),
      'pictures could not be looked at',
    )
  }
  background.run(work(), 'a list could not be taken over')
  const closed = background.settled().then(() => done.push('closed'))
  for (const { resolve } of steps) {
    await new Promise(setImmediate)
    expect(done).not.toContain('closed')
    resolve()
  }
  await closed
  expect(done).toEqual(['the list', 'the pictures', 'closed'])
})

test('a failure is told under its name, and keeps nothing open', async () => {
  const told: string[] = []
  const background = createBackground({ ...silentLog, error: (_, message) => told.push(message) })
  background.run(Promise.reject(new Error('locked')), 'a list could not be taken over')
  await background.settled()
  expect(told).toEqual(['a list could not be taken over'])
})
