import * as disk from 'node:fs'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLogFile } from '../../../src/shared/log-file.ts'

const MIB = 1024 * 1024

test('whatever Mallory sends all night, the log takes ten megabytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const log = openLogFile({ disk, folder, name: 'engine.log', level: 'warn' })
  const detail = 'x'.repeat(4_000)
  for (let line = 0; line < 4_000; line++) log.warn({ detail }, 'dropped what a device sent')
  const sizes = ['engine.log', 'engine.log.1'].map(name => statSync(join(folder, name)).size)
  for (const size of sizes) expect(size).toBeLessThan(5.1 * MIB)
})
