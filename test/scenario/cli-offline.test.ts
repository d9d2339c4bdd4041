import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { begunOnce, createOrganisation, type Desk, MANY_COMMANDS, runCommand } from '../helpers/lanyard-command.ts'

/** The first of BIP-39's test vectors for 256 bits: the checksum is right. */
const wordsOfNobody = `${'abandon '.repeat(23)}art\n`

/** With files alone, as docs/CLI.md tells it. The two desks share a stick: Alice's folder. */
const joinByFiles = async (alice: Desk, oskar: Desk) => {
  const [invitation, request, answer] = ['oskar', 'request', 'answer'].map(name => alice.path(`${name}.lanyard`)) as [
    string,
    string,
    string,
  ]
  await alice.lanyard(['people', 'add', '--name', 'Oskar Olsen', '--email', 'oskar@x.example', '--sign'])
  await alice.lanyard(['invite', 'oskar@x.example', '--out', invitation])
  const join = ['join', invitation, '--request-out', request, '--device-name', 'Strongroom', '--yes', '--json']
  const { words } = (await oskar.lanyard(join, { exit: 6 })).json<{ words: string[] }>()
  expect(words).toHaveLength(6)

  await alice.lanyard(['bundle', 'import', request])
  const wrong = ['requests', 'approve', 'Oskar Olsen', '--words', 'zoo zoo zoo zoo zoo zoo']
  await alice.lanyard(wrong, { exit: 1 })
  await alice.lanyard(['requests', 'approve', 'Oskar Olsen', '--words', words.join(' '), '--out', answer])
  const joined = await oskar.lanyard(['bundle', 'import', answer])
  expect(joined.out).toBe('Joined Hafen & Co.\n')
}

const joined = begunOnce(['alice', 'oskar'], async ({ alice, oskar }) => {
  const id = await createOrganisation(alice, 'Alice Ahrens')
  await joinByFiles(alice, oskar)
  return id
})

/** Takes up Oskar's offer with Alice's recovery words; the bundle or proposal is in `root.lanyard`. */
const takeUpOffer = async (alice: Desk, oskar: Desk, thresholds: readonly string[], exit: number) => {
  const [offer, root] = [alice.path('offer.lanyard'), alice.path('root.lanyard')]
  await oskar.lanyard(['admins', 'offer', '--recovery-file', oskar.path('words'), '--out', offer])
  await alice.lanyard(['bundle', 'import', offer])
  const rotate = ['root', 'rotate', '--add', 'Oskar Olsen', '--out', root, '--yes', '--words-file', alice.path('words')]
  await alice.lanyard([...rotate, ...thresholds.flatMap(threshold => ['--threshold', threshold])], { exit })
  return root
}

const stage = { timeout: MANY_COMMANDS }

test('a list that takes two signatures gets the second on a machine that never sees a network', stage, async () => {
  const {
    desks: { alice, oskar },
    told: id,
  } = await joined()
  await oskar.lanyard(['bundle', 'import', await takeUpOffer(alice, oskar, ['contacts=2'], 0)])

  const [proposal, answer] = [alice.path('proposal.lanyard'), alice.path('signed.lanyard')]
  await alice.lanyard(['people', 'add', '--name', 'Carol Nguyen', '--department', 'Harbour'])
  const first = await alice.lanyard(['sign', '--yes', '--out', proposal, '--json'], { exit: 6 })
  expect(first.json()).toMatchObject({ outcome: 'waiting', signatures: 1, threshold: 2 })

  const second = await oskar.lanyard(['sign', proposal, '--yes', '--out', answer])
  expect(second.error).toContain('+ person Carol Nguyen')
  expect(second.out).toContain('is in force')
  await alice.lanyard(['bundle', 'import', answer])
  expect((await alice.lanyard(['people', 'list'])).out).toContain('Carol Nguyen')
  const verified = await runCommand(['org', 'verify', answer, '--organisation', id], alice)
  expect(verified).toMatchObject({ exit: 0, out: expect.stringContaining('2 of 2 signatures') })

  // then Oskar's machine is stolen: Alice's recovery words take its keys out, and the next list is hers alone
  const { keys } = (await alice.lanyard(['admins', 'list', '--json'])).json<{ keys: { id: string; name: string }[] }>()
  const stolen = keys.filter(({ name }) => name === 'Oskar Olsen').flatMap(key => ['--remove', key.id])
  const rotate = ['root', 'rotate', ...stolen, '--threshold', 'contacts=1', '--yes']
  await alice.lanyard([...rotate, '--words-file', alice.put('other-words', wordsOfNobody)], { exit: 5 })
  const without = alice.path('without.lanyard')
  await alice.lanyard([...rotate, '--words-file', alice.path('words'), '--out', without])
  const added = await alice.lanyard(['people', 'add', '--name', 'Dave', '--sign', '--json'])
  expect(added.json()).toMatchObject({ outcome: 'in-force', threshold: 1 })
  await oskar.lanyard(['people', 'add', '--name', 'Mallory'])
  await oskar.lanyard(['bundle', 'import', without])
  await oskar.lanyard(['sign', '--yes'], { exit: 1 })
})

test('a root that takes two recovery sheets gets the second signature by file', stage, async () => {
  const {
    desks: { alice, oskar },
    told: id,
  } = await joined()
  const proposal = await takeUpOffer(alice, oskar, ['root=2'], 6)

  const looked = await oskar.lanyard(['bundle', 'inspect', proposal])
  expect(looked.out).toContain('~ root signatures needed: 1 → 2 of 2')
  const answer = alice.path('answer-root.lanyard')
  const sign = ['sign', proposal, '--yes', '--out', answer, '--words-file']
  await oskar.lanyard([...sign, oskar.put('other-words', wordsOfNobody)], { exit: 5 })
  const signed = await oskar.lanyard([...sign, '-'], { exit: 0, input: readFileSync(oskar.path('words'), 'utf8') })
  expect(signed.out).toContain('root 2 is in force')
  await alice.lanyard(['bundle', 'import', answer])
  const { roles } = (await alice.lanyard(['admins', 'list', '--json'])).json<{ roles: object }>()
  expect(roles).toMatchObject({ root: { threshold: 2, keys: 2 } })
  const verified = await runCommand(['org', 'verify', answer, '--organisation', id], alice)
  expect(verified).toMatchObject({ exit: 0, out: expect.stringMatching(/root 2 .* 2 of 2 signatures/) })
})
