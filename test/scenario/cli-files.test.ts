import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { begunOnce, createDesk, createOrganisation, MANY_COMMANDS, runCommand } from '../helpers/lanyard-command.ts'

const stage = { timeout: MANY_COMMANDS }

const founded = begunOnce(['alice'], ({ alice }) => createOrganisation(alice, 'Alice Ahrens'))

interface Verification {
  verified: boolean
  steps: { step: string; outcome: string; reason: string | null }[]
}

test('a bundle is shown, verified and compared on a machine that has no profile', stage, async () => {
  const {
    desks: { alice },
    told: id,
  } = await founded()
  const auditor = createDesk('auditor')
  const [first, second] = [auditor.path('first.lanyard'), auditor.path('second.lanyard')]
  await alice.lanyard(['bundle', 'export', first])
  await alice.lanyard(['people', 'add', '--name', 'Bob Brown', '--sign', '--out', second])

  const verified = await runCommand(['org', 'verify', second, '--organisation', id, '--strict', '--json'], auditor)
  expect(verified.exit).toBe(0)
  expect(verified.json<Verification>()).toMatchObject({ verified: true, organisationId: id, version: 2 })
  expect(verified.json<Verification>().steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['root 1', 'list signatures', 'policy', 'entries', 'devices', 'freshness', 'age']),
  )
  // who does not know the id is told to compare it, and --strict does not let that pass
  expect(await runCommand(['org', 'verify', second], auditor)).toMatchObject({
    exit: 0,
    out: expect.stringContaining(id),
  })
  expect(await runCommand(['org', 'verify', second, '--strict'], auditor)).toMatchObject({ exit: 3 })

  const shown = await runCommand(['org', 'show', second, '--json'], auditor)
  expect(shown.json()).toMatchObject({
    kind: 'bundle',
    state: { organisation: { id, name: 'Hafen & Co' }, list: { version: 2, people: 2 } },
  })
  const compared = await runCommand(['org', 'diff', first, second], auditor)
  expect(compared.out).toMatch(/^list 1 .* → 2 [\s\S]*\+ person Bob Brown/)
  const history = await runCommand(['org', 'history', second, '--json'], auditor)
  expect(history.json()).toMatchObject({
    entries: [{ kind: 'root', version: 1, signedBy: [{ name: 'Alice Ahrens' }] }],
  })
})

test(
  'a bundle that Mallory has touched, or one of another organisation, ends with 3 and names the step',
  stage,
  async () => {
    const { alice } = (await founded()).desks
    const bundle = alice.path('bundle.lanyard')
    await alice.lanyard(['bundle', 'export', bundle])

    const bytes = readFileSync(bundle)
    const name = bytes.lastIndexOf('Alice Ahrens')
    bytes.write('Malic', name)
    const forged = alice.path('forged.lanyard')
    writeFileSync(forged, bytes)
    const refused = await runCommand(['org', 'verify', forged, '--json'], alice)
    expect(refused).toMatchObject({ exit: 3, error: '' })
    expect(refused.json<Verification>().steps.at(-1)).toMatchObject({
      step: 'entries',
      outcome: 'refused',
      reason: 'merkle-mismatch',
    })

    const elsewhere = await runCommand(['org', 'verify', bundle, '--organisation', 'ab'.repeat(32)], alice)
    expect(elsewhere).toMatchObject({ exit: 3, out: expect.stringContaining('NOT VERIFIED') })
    const noFile = await runCommand(['org', 'verify', alice.put('photo.jpg', 'no such file')], alice)
    expect(noFile).toMatchObject({ exit: 1, error: expect.stringContaining('document-malformed') })
  },
)

test('the history of the profile tells who signed what', stage, async () => {
  const { alice } = (await founded()).desks
  await alice.lanyard(['people', 'add', '--name', 'Bob Brown', '--sign'])
  await alice.lanyard(['people', 'change', 'Bob Brown', '--title', 'Foreman', '--sign'])
  const { entries } = (await alice.lanyard(['org', 'history', '--json'])).json<{ entries: object[] }>()
  expect(entries[0]).toMatchObject({
    kind: 'list',
    version: 3,
    signedBy: [{ name: 'Alice Ahrens' }],
    changes: [
      { kind: 'person-changed', name: 'Bob Brown', fields: [{ field: 'title', before: '', after: 'Foreman' }] },
    ],
  })
  expect((await alice.lanyard(['org', 'verify'])).out).toMatch(/Verified\.\n$/)
})
