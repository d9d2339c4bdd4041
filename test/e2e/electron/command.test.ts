import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'playwright/test'
import packageFile from '../../../package.json' with { type: 'json' }
import { type CommandEnd, type CommandStart, runInApp } from '../support/app-command.ts'

interface Place {
  path(name: string): string
  lanyard(args: readonly string[], start?: CommandStart): Promise<CommandEnd>
}

const test = base.extend<{ place: Place }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  place: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-command-test-'))
    const path = (name: string) => join(folder, name)
    await use({ path, lanyard: (args, start) => runInApp(args, path('profile'), start) })
    await rm(folder, { recursive: true, force: true })
  },
})

test('the desktop app answers for the command, and is no desktop app meanwhile', async ({ place }) => {
  const version = await place.lanyard(['--version'])
  expect(version).toEqual({ code: 0, out: `${packageFile.version}\n`, error: '', told: [] })

  const help = await place.lanyard(['--no-sandbox', '--help'])
  expect(help).toMatchObject({ code: 0, error: '', told: [] })
  expect(help.out).toContain('Usage: lanyard [options] [command]')

  const unknown = await place.lanyard(['frobnicate'])
  expect(unknown).toMatchObject({ code: 2, out: '', told: [] })
  expect(unknown.error).toContain("unknown command 'frobnicate'")

  const missing = await place.lanyard(['org', 'show', '--json'])
  expect(missing).toMatchObject({ code: 1, out: '' })
  expect(JSON.parse(missing.error)).toMatchObject({ error: { code: 'profile-missing' } })
  expect(existsSync(place.path('profile'))).toBe(false)
})

test('an organisation is made and shown, with passphrases from files and standard input; Ctrl+C ends a sync', async ({
  place,
}) => {
  const input = 'the drawer of Alice\n'
  await writeFile(place.path('signing'), 'the signing key of Alice\n')
  const create = ['org', 'create', '--organisation', 'Hafen & Co', '--name', 'Alice Ahrens']
  const created = await place.lanyard(
    [
      ...['--passphrase-file', '-', '--admin-passphrase-file', place.path('signing')],
      ...[...create, '--recovery-file', place.path('words'), '--json'],
    ],
    { input },
  )
  expect(created).toMatchObject({ code: 0, error: '', told: [] })
  const { id } = JSON.parse(created.out) as { id: string }

  const shown = await place.lanyard(['org', 'show', '--passphrase-file', '-', '--json'], { input })
  expect(shown).toMatchObject({ code: 0, error: '', told: [] })
  expect(JSON.parse(shown.out)).toMatchObject({ organisation: { id, name: 'Hafen & Co' }, people: [{}] })

  const network = ['--discovery', 'loopback', '--discovery-port', '61813']
  const synced = await place.lanyard(['sync', '--for', '5m', '--passphrase-file', '-', ...network], {
    input,
    interruptAt: 'Online with list 1',
  })
  expect(synced).toMatchObject({ code: 0, told: [] })
  expect(synced.out).toContain('List 1, nothing newer')
})
