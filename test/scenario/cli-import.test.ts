import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createDesk, createOrganisation, MANY_COMMANDS, runCommand } from '../helpers/lanyard-command.ts'

const stage = { timeout: MANY_COMMANDS }

/** Excel in German saves CSV in Windows-1252, of which these letters are the Latin-1 part. */
const latin1 = (text: string) => Buffer.from(text, 'latin1')

test(
  "Excel's export is previewed, refused with its problems, taken over, and everybody new invited",
  stage,
  async () => {
    const alice = createDesk('alice')
    await createOrganisation(alice, 'Alice Ahrens')
    const staff = alice.put(
      'staff.csv',
      latin1(
        'Vorname;Nachname;E-Mail-Adresse;Abteilung\r\nJürgen;Müßig;jm@x.example;Lager\r\n;;nobody@x.example;Lager\r\nCarol;Nguyen;"carol@x.example";Büro\r\n',
      ),
    )

    const dry = await alice.lanyard(['people', 'import', staff, '--dry-run', '--json'], { exit: 1 })
    expect(dry.json()).toMatchObject({ counts: { add: 2, change: 0, same: 0, problem: 1 } })
    const refused = await alice.lanyard(['people', 'import', staff], { exit: 1 })
    expect(refused.error).toMatch(/3 +problem +name: missing-name/)
    expect(refused.error).toContain('table-has-problems')

    const folder = alice.path('invitations')
    const options = ['--skip-problems', '--sign', '--invite-to', folder, '--json']
    const taken = (await alice.lanyard(['people', 'import', staff, ...options])).json()
    expect(taken).toMatchObject({ outcome: 'in-force', version: 2, changed: 0, skipped: 1 })
    expect(readdirSync(folder).sort()).toEqual(['Carol Nguyen.lanyard', 'Jürgen Müßig.lanyard'])
    const invitation = await runCommand(['org', 'show', `${folder}/Carol Nguyen.lanyard`, '--json'], alice)
    expect(invitation.json()).toMatchObject({ kind: 'invitation', organisation: 'Hafen & Co', name: 'Carol Nguyen' })

    await alice.lanyard(['people', 'export', alice.path('all.csv')])
    expect(readFileSync(alice.path('all.csv'), 'utf8')).toContain('"Jürgen Müßig"')
    const again = await alice.lanyard(['people', 'import', alice.path('all.csv'), '--dry-run', '--json'])
    expect(again.json()).toMatchObject({ counts: { add: 0, change: 0, same: 3, problem: 0 } })
    const nightly = await alice.lanyard(['people', 'import', alice.path('all.csv'), '--sign', '--json'])
    expect(nightly.json()).toMatchObject({ outcome: 'unchanged' })

    // what somebody else has staged is not signed in passing
    await alice.lanyard(['people', 'add', '--name', 'Dave'])
    const passing = await alice.lanyard(['people', 'add', '--name', 'Erin', '--sign'], { exit: 2 })
    expect(passing.error).toContain('+ person Dave')
  },
)
