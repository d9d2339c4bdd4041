import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const LAUNCHER = fileURLToPath(new URL('../../../resources/linux/lanyard', import.meta.url))
const isRoot = process.getuid?.() === 0

const folder = mkdtempSync(join(tmpdir(), 'lanyard-launcher-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As installed: a link to bin/lanyard, and beside bin the program, which here says what it was given. */
beforeAll(() => {
  mkdirSync(join(folder, 'Lan yard', 'bin'), { recursive: true })
  copyFileSync(LAUNCHER, join(folder, 'Lan yard', 'bin', 'lanyard'))
  writeFileSync(join(folder, 'Lan yard', 'lanyard'), `#!/bin/sh\nfor each in "$@"; do echo "$each"; done\nexit 6\n`)
  chmodSync(join(folder, 'Lan yard', 'lanyard'), 0o755)
  symlinkSync(join(folder, 'Lan yard', 'bin', 'lanyard'), join(folder, 'lanyard'))
})

const start = (args: readonly string[], display: Record<string, string>) => {
  const { status, stdout, stderr } = spawnSync(join(folder, 'lanyard'), args, {
    env: { PATH: process.env.PATH, ...display },
    encoding: 'utf8',
  })
  return { status, given: stdout.split('\n').slice(0, -1), error: stderr }
}

const SCREEN = { DISPLAY: ':0' }
const WAYLAND = { WAYLAND_DISPLAY: 'wayland-0' }
const asRoot = isRoot ? ['--no-sandbox'] : []

describe.runIf(process.platform === 'linux')('/usr/bin/lanyard', () => {
  test('is a script that every shell reads', () => {
    expect(execFileSync('sh', ['-n', LAUNCHER], { encoding: 'utf8' })).toBe('')
  })

  test.each([{ args: [] }, { args: ['lanyard:join/a b'] }, { args: ['carol.lanyard', 'x'] }])(
    'opens the window for $args, in its sandbox, and only on a display',
    ({ args }) => {
      expect(start(args, SCREEN)).toEqual({ status: 6, given: args, error: '' })
      expect(start(args, WAYLAND)).toEqual({ status: 6, given: args, error: '' })
      expect(start(args, {})).toMatchObject({ status: 1, given: [], error: expect.stringContaining('no display') })
    },
  )

  test('runs a command with its arguments as they are, and ends with its code', () => {
    const args = ['people', 'add', '--name', 'Carol  "C" Nguyen', '--title', '']
    expect(start(args, SCREEN)).toEqual({ status: 6, given: [...asRoot, '--log-level=3', ...args], error: '' })
    expect(start(args, {})).toEqual({
      status: 6,
      given: [...asRoot, '--ozone-platform=headless', '--disable-gpu', '--log-level=3', ...args],
      error: '',
    })
  })
})
