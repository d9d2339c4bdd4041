import { expect, test } from 'vitest'
import { LanyardError } from '../../../src/shared/errors.ts'
import { createLog } from '../../../src/shared/log.ts'

const lines = (level: string | undefined) => {
  const written: string[] = []
  return { log: createLog({ level, now: () => 1, write: line => written.push(line) }), written }
}

test('what people write and secrets never reach the log, however deep', () => {
  const { log, written } = lines('info')
  log.info({ message: { id: 'a', text: 'hello' }, call: { input: { passphrase: 'p', link: 'l' } } }, 'sent')
  log.warn({ key: new Uint8Array(32), bytes: new Uint8Array(32), list: [{ seed: 's' }] }, 'odd')
  expect(written.join('')).not.toMatch(/hello|"p"|"l"|"s"/)
  expect(JSON.parse(written[1] ?? '')).toEqual({
    time: 1,
    level: 'warn',
    message: 'odd',
    key: '[removed]',
    bytes: '[32 bytes]',
    list: [{ seed: '[removed]' }],
  })
})

test('errors keep their code and their cause', () => {
  const { log, written } = lines('error')
  log.error({ err: new LanyardError('disk-full', 'no space', { cause: new Error('ENOSPC') }) }, 'failed')
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    err: { code: 'disk-full', message: 'no space', cause: { message: 'ENOSPC' } },
  })
})

test('lines below the level are not written, and what is no level counts as info', () => {
  for (const [level, expected] of [
    ['debug', 4],
    ['info', 3],
    ['error', 1],
    [undefined, 3],
    ['loud', 3],
  ] as const) {
    const { log, written } = lines(level)
    for (const name of ['debug', 'info', 'warn', 'error'] as const) log[name]({}, name)
    expect(written).toHaveLength(expected)
  }
})

test('whatever is logged cannot break the log', () => {
  const { log, written } = lines('info')
  const circle: Record<string, unknown> = {}
  circle.self = circle
  log.info({ circle, big: 10n, call: () => 1, long: 'x'.repeat(100_000) }, 'odd')
  expect(written[0]?.length).toBeLessThan(6_000)
})

test('a full disk ends nothing, and what was lost is counted', () => {
  const written: string[] = []
  const disk = { isFull: true }
  const write = (line: string) => {
    if (disk.isFull) throw new Error('ENOSPC')
    written.push(line)
  }
  const log = createLog({ level: 'info', now: () => 1, write })
  log.info({}, 'one')
  log.error({}, 'two')
  disk.isFull = false
  log.info({}, 'three')
  log.info({}, 'four')
  expect(written.map(line => JSON.parse(line))).toMatchObject([{ message: 'three', lost: 2 }, { message: 'four' }])
  expect(written[1]).not.toContain('lost')
})
