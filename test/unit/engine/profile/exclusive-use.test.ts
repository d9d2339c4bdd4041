import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeExclusiveUse } from '../../../../src/engine/profile/exclusive-use.ts'
import { testFolder } from '../../../helpers/test-store.ts'

test('a profile has one user at a time, also within one process', () => {
  const folder = join(testFolder(), 'profile')
  const alice = takeExclusiveUse(folder)
  expect(() => takeExclusiveUse(folder)).toThrowError(expect.objectContaining({ code: 'profile-in-use' }))
  alice.release()
  takeExclusiveUse(folder).release()
})

test('a process that is killed leaves the profile free', async () => {
  const folder = join(testFolder(), 'profile')
  const module = new URL('../../../../src/engine/profile/exclusive-use.ts', import.meta.url)
  const script = `import { takeExclusiveUse } from '${module}'; takeExclusiveUse(process.argv[1]); process.stdout.write('held'); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  expect(() => takeExclusiveUse(folder)).toThrowError(expect.objectContaining({ code: 'profile-in-use' }))

  other.kill('SIGKILL')
  await once(other, 'exit')
  takeExclusiveUse(folder).release()
})

test('a folder that cannot be made is the disk that refuses, not a crash', () => {
  const file = join(testFolder(), 'file')
  writeFileSync(file, '')
  expect(() => takeExclusiveUse(join(file, 'profile'))).toThrowError(
    expect.objectContaining({ code: 'storage-failed' }),
  )
})
