import type { Command } from 'commander'
import type { Edit } from '../../shared/contract/edits.ts'
import type { Group } from '../../shared/contract/entities.ts'
import type { Act } from '../context.ts'
import { findByIdOrName, findPerson } from '../find.ts'
import { table } from '../print/table.ts'
import { type Rows, readRows } from '../rows.ts'
import { UsageError } from '../usage-error.ts'
import { collect, withSigning } from './options.ts'
import { type SignOptions, stageEdits } from './signing.ts'
import { stagedGroup } from './staged-drafts.ts'

interface GroupOptions extends SignOptions {
  member?: string[]
  department?: string[]
  name?: string
}

const withMembers = (command: Command): Command =>
  withSigning(command)
    .option('--member <person>', 'by id, e-mail or exact name; more than once', collect)
    .option('--department <name>', 'everybody in it, now and later; more than once', collect)

const membersOf = (rows: Rows, member: readonly string[]) =>
  [...new Set(member.map(each => findPerson(rows.people, each).id))].sort()

const groupsTable = ({ groups, people }: Rows) => {
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const members = ({ members: ids }: Group) => ids.map(id => nameOf.get(id) ?? id.slice(0, 12)).join(', ')
  return table(
    ['ID', 'NAME', 'DEPARTMENTS', 'MEMBERS BY HAND'],
    groups.map(group => [group.id.slice(0, 12), group.name, group.departments.join(', '), members(group)]),
  )
}

export const addGroupCommands = (program: Command, act: Act): void => {
  const groups = program.command('groups').description('the groups that the organisation defines')

  groups
    .command('list')
    .description('groups, and who is in them')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          const rows = await readRows(engine)
          return { json: { groups: rows.groups }, text: groupsTable(rows) }
        }),
      ),
    )

  withMembers(groups.command('add <name>').description('define a group'))
    .addHelpText(
      'after',
      '\nExample:\n  lanyard groups add "Harbour office" --department Harbour --member carol@hafen.example --sign',
    )
    .action(
      act((context, name: string, options: GroupOptions) =>
        context.withEngine(async engine => {
          const rows = await readRows(engine)
          if (rows.groups.some(group => group.name === name))
            throw new UsageError(`There is a group "${name}" already: use "groups change"`)
          const edit: Edit = {
            kind: 'put-group',
            groupId: null,
            name,
            members: membersOf(rows, options.member ?? []),
            departments: [...new Set(options.department ?? [])].sort(),
          }
          return stageEdits(context, engine, [edit], options)
        }),
      ),
    )

  withMembers(
    groups
      .command('change <group>')
      .description('give a group another name, or other members; what is not given stays')
      .option('--name <name>'),
  ).action(
    act((context, which: string, options: GroupOptions) =>
      context.withEngine(async engine => {
        const rows = await readRows(engine)
        const group = findByIdOrName(rows.groups, which, 'bad-input')
        const known = (await stagedGroup(engine, group.id)) ?? group
        const edit: Edit = {
          kind: 'put-group',
          groupId: group.id,
          name: options.name ?? known.name,
          members: options.member === undefined ? known.members : membersOf(rows, options.member),
          departments: options.department === undefined ? known.departments : [...new Set(options.department)].sort(),
        }
        return stageEdits(context, engine, [edit], options)
      }),
    ),
  )

  withSigning(groups.command('remove <group...>').description('by id or exact name')).action(
    act((context, which: string[], options: SignOptions) =>
      context.withEngine(async engine => {
        const rows = await readRows(engine)
        const found = which.map(each => findByIdOrName(rows.groups, each, 'bad-input'))
        const edits = found.map(({ id }): Edit => ({ kind: 'remove-group', groupId: id }))
        return stageEdits(context, engine, edits, options)
      }),
    ),
  )
}
