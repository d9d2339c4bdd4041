import type { Command } from 'commander'
import { renderUnicodeCompact } from 'uqr'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { PersonId } from '../../shared/ids.ts'
import { INVITATION_LIFETIME } from '../../shared/limits.ts'
import type { Act, Context } from '../context.ts'
import { duration } from '../duration.ts'
import { writeNewFile } from '../files.ts'
import { findById, findPerson } from '../find.ts'
import type { Outcome } from '../outcome.ts'
import { table } from '../print/table.ts'
import { moment } from '../print/time.ts'
import { readRows } from '../rows.ts'
import { UsageError } from '../usage-error.ts'
import { inviteInto } from './inviting.ts'

interface InviteOptions {
  name?: string
  title: string
  department: string
  email: string
  phone: string
  for: number
  out?: string
  outFolder?: string
  qr?: boolean
}

/** An id may be that of somebody who is staged and not on the list yet, so it is taken as it is. */
const personIdOf = async (engine: EngineClient, who: readonly string[]): Promise<PersonId[]> => {
  const isId = (text: string): text is PersonId => /^[0-9a-f]{32}$/.test(text)
  if (who.every(isId)) return [...who]
  const { people } = await readRows(engine)
  return who.map(each => (isId(each) ? each : findPerson(people, each).id))
}

const createOne = async (engine: EngineClient, who: readonly string[], options: InviteOptions) => {
  const { name, title, department, email, phone, for: lifetime } = options
  if (name !== undefined) return engine.call('invitation.create', { name, title, department, email, phone, lifetime })
  const [only] = (await engine.call('invitation.createFor', { people: await personIdOf(engine, who), lifetime }))
    .invitations
  if (only === undefined) throw new UsageError('Nobody was invited')
  return only
}

const invite = async (
  context: Context,
  engine: EngineClient,
  who: string[],
  options: InviteOptions,
): Promise<Outcome> => {
  if ((options.name === undefined) === (who.length === 0))
    throw new UsageError('Name people who are on the list, or somebody new with --name')
  if (options.outFolder !== undefined) {
    const people = await personIdOf(engine, who)
    const invitations = await inviteInto(context, engine, people, { folder: options.outFolder, lifetime: options.for })
    return { json: { invitations }, note: `${invitations.length} invitations in ${options.outFolder}.` }
  }
  if (who.length > 1) throw new UsageError('Several invitations need --out-folder')
  const { id, link, expiresAt } = await createOne(engine, who, options)
  const json = { id, link, expiresAt, file: options.out ?? null }
  if (options.out !== undefined) {
    const { bytes } = await engine.call('file.export', { what: 'invitation', id })
    writeNewFile(options.out, bytes, { isSecret: true })
    return { json, note: `Written to ${options.out}; good for one device until ${moment(expiresAt)}.` }
  }
  const code = options.qr ? `\n\n${renderUnicodeCompact(link)}` : ''
  return { json, text: `${link}${code}`, note: `Good for one device until ${moment(expiresAt)}.` }
}

export const addInvitationCommands = (program: Command, act: Act): void => {
  program
    .command('invite [person...]')
    .description('make invitations: for people on the list (id, e-mail or exact name), or for somebody new')
    .option('--name <name>', 'of somebody new')
    .option('--title <text>', 'job title', '')
    .option('--department <text>', '', '')
    .option('--email <address>', '', '')
    .option('--phone <number>', '', '')
    .option('--for <duration>', 'how long it is good, up to 90d', duration, INVITATION_LIFETIME)
    .option('--out <file>', 'write it to a file instead of showing the link')
    .option('--out-folder <folder>', 'write a file for each person')
    .option('--qr', 'show a QR code as well')
    .addHelpText(
      'after',
      `
An invitation lets one device in. Hand it over in a way that only this person reads.

Examples:
  lanyard invite --name "Carol Nguyen" --department Harbour --qr
  lanyard invite carol@hafen.example --for 2d --out carol.lanyard`,
    )
    .action(
      act((context, who: string[], options: InviteOptions) =>
        context.withEngine(engine => invite(context, engine, who, options)),
      ),
    )

  const invitations = program.command('invitations').description('invitations that are out')

  invitations
    .command('list')
    .description('made on this device')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          const { invitations: all } = await readRows(engine)
          const rows = all.map(each => [
            each.id.slice(0, 12),
            each.name,
            each.department,
            each.state,
            moment(each.expiresAt),
          ])
          return { json: { invitations: all }, text: table(['ID', 'NAME', 'DEPARTMENT', 'STATE', 'EXPIRES'], rows) }
        }),
      ),
    )

  invitations
    .command('withdraw <id...>')
    .description('make invitations worthless')
    .action(
      act(({ withEngine }, ids: string[]) =>
        withEngine(async engine => {
          const { invitations: all } = await readRows(engine)
          const found = ids.map(id => findById(all, id, 'invitation-unknown'))
          for (const { id } of found) await engine.call('invitation.withdraw', { id })
          return {
            json: { withdrawn: found.map(({ id }) => id) },
            note: `Withdrawn: ${found.map(({ name }) => name).join(', ')}.`,
          }
        }),
      ),
    )
}
