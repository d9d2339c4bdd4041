import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createWake } from '../../../src/main/wake.ts'
import { LanyardError } from '../../../src/shared/errors.ts'

test('after sleep the engine that runs now looks at the network anew, and a locked profile is no bug', async () => {
  const monitor = new EventEmitter()
  const refreshed: string[] = []
  const bugs: unknown[] = []
  const wake = createWake({ onResume: listener => monitor.on('resume', listener), onBug: error => bugs.push(error) })
  monitor.emit('resume') // before any engine runs
  wake.follow(async () => refreshed.push('first'))
  monitor.emit('resume')
  wake.follow(async () => refreshed.push('second'))
  monitor.emit('resume')
  expect(refreshed).toEqual(['first', 'second'])

  wake.follow(() => Promise.reject(new LanyardError('profile-locked', 'The profile is not open')))
  monitor.emit('resume')
  const bug = new TypeError('a bug')
  wake.follow(() => Promise.reject(bug))
  monitor.emit('resume')
  await new Promise(resolve => setImmediate(resolve))
  expect(bugs).toEqual([bug])
})
