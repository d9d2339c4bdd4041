import type { Command } from 'commander'
import type { Administrators } from '../../shared/contract/administration-entities.ts'
import type { Act } from '../context.ts'
import { writeNewFile } from '../files.ts'
import { table } from '../print/table.ts'
import { moment } from '../print/time.ts'
import { handOverWords } from './recovery.ts'

/** Keys, thresholds and offers as a person reads them. Pure. */
export const administratorsText = ({
  rootVersion,
  expiresAt,
  roles,
  keys,
  offers,
  ownOffer,
}: Administrators): string => {
  const rules = Object.entries(roles).map(([role, { threshold, keys: of }]) => `${role} ${threshold} of ${of}`)
  const blocks = [
    `Root ${rootVersion}, expires ${moment(expiresAt)}. Signatures needed: ${rules.join(', ')}`,
    table(
      ['KEY', 'PERSON', 'LABEL', 'SIGNS'],
      keys.map(({ id, name, label, roles: signs, isHere }) => [
        id.slice(0, 16),
        name,
        isHere ? `${label} (here)` : label,
        signs.join(', '),
      ]),
    ),
  ]
  if (offers.length > 0)
    blocks.push(
      table(
        ['OFFER', 'PERSON', 'WORDS', 'OFFERED'],
        offers.map(({ id, name, words, offeredAt }) => [id.slice(0, 12), name, words.join(' '), moment(offeredAt)]),
      ),
    )
  if (ownOffer !== null) blocks.push(`Your own offer: ${ownOffer.words.join(' ')}`)
  return blocks.join('\n\n')
}

export const addAdminCommands = (program: Command, act: Act): void => {
  const admins = program.command('admins').description('who may sign for the organisation')

  admins
    .command('list')
    .description('keys, how many signatures are needed, and who offers to help')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          const found = await engine.call('administrators.get', {})
          return { json: found, text: administratorsText(found) }
        }),
      ),
    )

  admins
    .command('offer')
    .description('make signing keys of your own, and offer them to the administrators')
    .option('--recovery-file <file>', 'write the words of your recovery sheet there instead of the screen')
    .option('--out <file>', 'write the offer to a file, to be taken in by "bundle import"')
    .addHelpText(
      'after',
      '\nAn administrator takes the offer up with "root rotate --add", after comparing the six words with you.',
    )
    .action(
      act((context, { recoveryFile, out }: { recoveryFile?: string; out?: string }) =>
        context.withEngine(async engine => {
          const passphrase = await context.secrets.adminPassphrase({ isNew: true })
          const { words } = await engine.call('administrators.offer', { passphrase })
          const isStored = await handOverWords(context, engine, recoveryFile)
          if (out !== undefined) writeNewFile(out, (await engine.call('file.export', { what: 'key-offer' })).bytes)
          return {
            json: { words, recoveryConfirmed: isStored, recoveryFile: recoveryFile ?? null, file: out ?? null },
            text: words.join(' '),
            note: 'Read these words out to the administrator who takes the offer up.',
          }
        }),
      ),
    )

  admins
    .command('withdraw')
    .description('take your own offer back')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          await engine.call('administrators.withdrawOffer', {})
          return { json: { withdrawn: true }, note: 'The offer is taken back.' }
        }),
      ),
    )
}
