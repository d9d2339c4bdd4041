import type { Command } from 'commander'
import type { Edit, RemovalReason } from '../../shared/contract/edits.ts'
import type { Person } from '../../shared/contract/entities.ts'
import { MAX_PHOTO_BYTES } from '../../shared/limits.ts'
import type { Act } from '../context.ts'
import { readBytes, writeNewFile } from '../files.ts'
import { findPerson } from '../find.ts'
import { counted, table } from '../print/table.ts'
import { momentOrNever } from '../print/time.ts'
import { readRows } from '../rows.ts'
import { collect, reasonOption, withSigning } from './options.ts'
import { addImportCommand } from './people-import.ts'
import { type SignOptions, stageEdits } from './signing.ts'
import { stagedPerson } from './staged-drafts.ts'

interface PersonOptions extends SignOptions {
  name?: string
  title?: string
  department?: string
  email?: string
  phone?: string
  role?: string[]
  photo?: string
}

const withDetails = (command: Command): Command =>
  withSigning(command)
    .option('--title <text>', 'job title')
    .option('--department <text>')
    .option('--email <address>')
    .option('--phone <number>')
    .option('--role <name>', 'more than once for several', collect)
    .option('--photo <file>', 'JPEG, PNG or WebP, up to 64 KB; "none" for none')

const photoOf = (photo: string | undefined) => {
  if (photo === undefined) return {}
  return { photo: photo === 'none' ? null : readBytes(photo, MAX_PHOTO_BYTES) }
}

type Details = Pick<Person, 'title' | 'department' | 'email' | 'phone' | 'roles'>

const detailsOf = ({ title, department, email, phone, role, photo }: PersonOptions, person?: Details) => ({
  title: title ?? person?.title ?? '',
  department: department ?? person?.department ?? '',
  email: email ?? person?.email ?? '',
  phone: phone ?? person?.phone ?? '',
  roles: [...new Set(role ?? person?.roles ?? [])].sort(),
  ...photoOf(photo),
})

const peopleTable = (people: readonly Person[]) =>
  table(
    ['ID', 'NAME', 'DEPARTMENT', 'TITLE', 'E-MAIL', 'DEVICES', 'LAST SEEN'],
    people.map(({ id, name, department, title, email, devices, lastSeenAt, isAdmin }) => [
      id.slice(0, 12),
      isAdmin ? `${name} (administrator)` : name,
      department,
      title,
      email,
      String(devices),
      momentOrNever(lastSeenAt),
    ]),
  )

export const addPeopleCommands = (program: Command, act: Act): void => {
  const people = program.command('people').description('the people on the contact list')

  people
    .command('list')
    .description('who is on the list')
    .option('--department <name>', 'only these')
    .action(
      act(({ withEngine }, { department }: { department?: string }) =>
        withEngine(async engine => {
          const { people: all } = await readRows(engine)
          const shown = all.filter(person => department === undefined || person.department === department)
          return { json: { people: shown }, text: peopleTable(shown) }
        }),
      ),
    )

  withDetails(people.command('add').description('put somebody on the list').requiredOption('--name <name>')).action(
    act((context, options: PersonOptions) =>
      context.withEngine(engine => {
        const edit: Edit = { kind: 'add-person', name: options.name ?? '', ...detailsOf(options) }
        return stageEdits(context, engine, [edit], options)
      }),
    ),
  )

  withDetails(
    people
      .command('change <person>')
      .description('correct what stands about somebody; named by id, e-mail or exact name')
      .option('--name <name>'),
  ).action(
    act((context, who: string, options: PersonOptions) =>
      context.withEngine(async engine => {
        const person = findPerson((await readRows(engine)).people, who)
        const known = (await stagedPerson(engine, person.id)) ?? person
        const edit: Edit = {
          kind: 'change-person',
          personId: person.id,
          name: options.name ?? known.name,
          ...detailsOf(options, known),
        }
        return stageEdits(context, engine, [edit], options)
      }),
    ),
  )

  withSigning(
    people
      .command('remove <person...>')
      .description('take people, with all their devices, off the list')
      .addOption(reasonOption().default('left')),
  ).action(
    act((context, who: string[], options: SignOptions & { reason: RemovalReason }) =>
      context.withEngine(async engine => {
        const rows = await readRows(engine)
        const found = who.map(each => findPerson(rows.people, each))
        const edits = found.map(({ id }): Edit => ({ kind: 'remove-person', personId: id, reason: options.reason }))
        return stageEdits(context, engine, edits, options)
      }),
    ),
  )

  addImportCommand(people, act)

  people
    .command('export [file]')
    .description('everybody as CSV for a spreadsheet; to standard output without a file')
    .action(
      act(({ withEngine }, path: string | undefined) =>
        withEngine(async engine => {
          const { name, bytes } = await engine.call('people.export', {})
          if (path === undefined) return { json: { name, bytes }, bytes }
          writeNewFile(path, bytes)
          return {
            json: { file: path, bytes: bytes.length },
            note: `Written to ${path}, ${counted(bytes.length, 'byte')}.`,
          }
        }),
      ),
    )
}
