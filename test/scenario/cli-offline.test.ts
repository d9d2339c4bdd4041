import { expect, test } from 'vitest'
import { createDesk, createOrganisation, type Desk, MANY_COMMANDS, runCommand } from '../helpers/lanyard-command.ts'

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

const becomeSecondSigner = async (alice: Desk, oskar: Desk) => {
  const [offer, root] = [alice.path('offer.lanyard'), alice.path('root.lanyard')]
  await oskar.lanyard(['admins', 'offer', '--recovery-file', oskar.path('words'), '--out', offer])
  await alice.lanyard(['bundle', 'import', offer])
  const rotate = ['root', 'rotate', '--add', 'Oskar Olsen', '--threshold', 'contacts=2', '--out', root, '--yes']
  const without = alice.path('without.lanyard')
  await alice.lanyard([...rotate, '--words-file', alice.path('words'), '--out', without])
  const added = await alice.lanyard(['people', 'add', '--name', 'Dave', '--sign', '--json'])
  expect(added.json()).toMatchObject({ outcome: 'in-force', threshold: 1 })
  await oskar.lanyard(['people', 'add', '--name', 'Mallory'])
  await oskar.lanyard(['bundle', 'import', without])
  await oskar.lanyard(['sign', '--yes'], { exit: 1 })
})
