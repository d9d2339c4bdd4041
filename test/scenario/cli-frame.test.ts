import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createEngine } from '../../src/engine/index.ts'
import { begunOnce, createDesk, createOrganisation, MANY_COMMANDS, runCommand } from '../helpers/lanyard-command.ts'
import { silentLog } from '../helpers/silent-log.ts'

const stage = { timeout: MANY_COMMANDS }

const founded = begunOnce(['alice'], ({ alice }) => createOrganisation(alice, 'Alice Ahrens'))

test('help fits on a screen, names the exit codes, and ends well', stage, async () => {
  const desk = createDesk('nobody')
  const help = await runCommand(['--help'], desk)
  expect(help).toMatchObject({ exit: 0, error: '' })
  for (const words of ['org', 'people', 'sign', 'Exit codes:', 'Examples:']) expect(help.out).toContain(words)
  expect(help.out.split('\n').length).toBeLessThan(70)
  expect(await runCommand(['people', 'import', '--help'], desk)).toMatchObject({ exit: 0 })
})

test('what is not understood ends with 2, and as JSON where JSON is asked for', stage, async () => {
  const desk = createDesk('nobody')
  for (const args of [
    ['nonsense'],
    ['people', 'add'],
    ['people', 'remove', 'Bob', '--reason', 'boredom'],
    ['sync', '--for', '1w'],
  ])
    expect(await runCommand(args, desk)).toMatchObject({ exit: 2, out: '' })
  const told = await runCommand(['people', 'add', '--json'], desk)
  expect(told).toMatchObject({ exit: 2, out: '' })
  expect(JSON.parse(told.error)).toMatchObject({ error: { code: 'usage' } })
})

test('a look at a folder without a profile leaves no trace there', stage, async () => {
  const desk = createDesk('nobody')
  const missing = await desk.lanyard(['people', 'list', '--json'], { exit: 1 })
  expect(JSON.parse(missing.error)).toMatchObject({ error: { code: 'profile-missing' } })
  expect(statSync(desk.path('profile'), { throwIfNoEntry: false })).toBeUndefined()
})

test('Alice starts an organisation, stages two changes and signs them as one list', stage, async () => {
  const {
    desks: { alice },
    told: id,
  } = await founded()
  expect(id).toMatch(/^[0-9a-f]{64}$/)
  expect(readFileSync(alice.path('words'), 'utf8').trim().split(' ')).toHaveLength(24)
  expect(statSync(alice.path('words')).mode & 0o077).toBe(0)

  await alice.lanyard(['people', 'add', '--name', 'Bob Brown', '--email', 'bob@x.example', '--role', 'helpdesk'])
  await alice.lanyard(['groups', 'add', 'Office', '--department', 'Office', '--member', 'Alice Ahrens'])
  const waiting = (await alice.lanyard(['changes', 'list', '--json'])).json()
  expect(waiting).toMatchObject({ nextVersion: 2, stagedCount: 2 })
  expect((await alice.lanyard(['sign', '--yes', '--json'])).json()).toMatchObject({ outcome: 'in-force', version: 2 })

  const { people } = (await alice.lanyard(['people', 'list', '--json'])).json<{ people: object[] }>()
  expect(people).toMatchObject([{ name: 'Alice Ahrens' }, { name: 'Bob Brown', roles: ['helpdesk'] }])
  const { groups } = (await alice.lanyard(['groups', 'list', '--json'])).json<{ groups: object[] }>()
  expect(groups).toMatchObject([{ name: 'Office', departments: ['Office'] }])

  // a second change goes on from what is staged, and undoes nothing of it
  await alice.lanyard(['people', 'change', 'bob@x.example', '--title', 'Foreman'])
  await alice.lanyard(['people', 'change', 'bob@x.example', '--phone', '040 1', '--sign', '--yes'])
  const listed = await alice.lanyard(['people', 'list'])
  expect(listed.out).toMatch(/Bob Brown +Foreman +bob@x\.example +0/)
  const quiet = await alice.lanyard(['people', 'remove', 'Bob Brown', '--sign', '--quiet'])
  expect(quiet).toMatchObject({ out: '', error: '' })
  expect((await alice.lanyard(['changes', 'list'])).out).toBe('Nothing is staged.\n')
})

test('a wrong passphrase ends with 5, of the profile as of the signing key', stage, async () => {
  const { alice } = (await founded()).desks
  await alice.lanyard(['people', 'add', '--name', 'Bob Brown'])
  alice.put('admin-passphrase', 'something else\n')
  await alice.lanyard(['sign', '--yes'], { exit: 5 })
  alice.put('profile-passphrase', 'something else\n')
  await alice.lanyard(['people', 'list'], { exit: 5 })
})

test('a secret comes on standard input as well, and nobody is asked where nobody is', stage, async () => {
  const { alice } = (await founded()).desks
  const profile = ['--profile', alice.path('profile')]
  const input = readFileSync(alice.path('profile-passphrase'), 'utf8')
  const listed = await runCommand([...profile, '--passphrase-file', '-', 'people', 'list'], { ...alice, input })
  expect(listed).toMatchObject({ exit: 0, out: expect.stringContaining('Alice Ahrens') })
  const asked = await runCommand([...profile, 'people', 'list'], alice)
  expect(asked).toMatchObject({ exit: 2, error: expect.stringContaining('--passphrase-file') })
})

test('while the app has the profile open, the command says so and ends with 4', stage, async () => {
  const { alice } = (await founded()).desks
  const app = await createEngine({
    folder: alice.path('profile'),
    keychain: null,
    network: { discovery: 'off', isOn: false },
    log: silentLog,
  })
  try {
    const refused = await alice.lanyard(['people', 'list'], { exit: 4 })
    expect(refused.error).toContain('Close the app first')
    const told = await alice.lanyard(['people', 'list', '--json'], { exit: 4 })
    expect(JSON.parse(told.error)).toMatchObject({ error: { code: 'profile-in-use' } })
  } finally {
    await app.stop()
  }
  await alice.lanyard(['people', 'list'])
})
