import type { Command } from 'commander'
import type { EngineClient, EngineOutput } from '../../shared/contract/engine.ts'
import { type TableMapping, type TableRow, tableField } from '../../shared/contract/people-table.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import { MAX_TABLE_BYTES } from '../../shared/limits.ts'
import type { Act, Context } from '../context.ts'
import { readBytes } from '../files.ts'
import type { Outcome } from '../outcome.ts'
import { table } from '../print/table.ts'
import { onOneLine } from '../print/visible.ts'
import { UsageError } from '../usage-error.ts'
import { inviteInto } from './inviting.ts'
import { collect, withSigning } from './options.ts'
import { prepareSigning, type SignOptions, signStaged } from './signing.ts'

type Preview = EngineOutput<'people.preview'>

interface ImportOptions extends SignOptions {
  map?: string[]
  dryRun?: boolean
  skipProblems?: boolean
  inviteTo?: string
}

/** `email=Mail address` or `email=3`: a heading, or the number of a column, from 1. Pure. */
export const withMapped = (
  mapping: TableMapping,
  columns: readonly string[],
  given: readonly string[],
): TableMapping => {
  const result = { ...mapping }
  for (const pair of given) {
    const [key = '', ...rest] = pair.split('=')
    const field = tableField.safeParse(key)
    if (!field.success) throw new UsageError(`--map: "${key}" is none of ${tableField.options.join(', ')}`)
    const wanted = rest.join('=')
    if (wanted === '') {
      delete result[field.data]
      continue
    }
    const headed = columns.indexOf(wanted)
    const column = headed === -1 && /^\d{1,4}$/.test(wanted) ? Number(wanted) - 1 : headed
    if (columns[column] === undefined) throw new UsageError(`--map: the table has no column "${wanted}"`)
    result[field.data] = column
  }
  return result
}

const problemsOf = ({ problems }: TableRow) =>
  problems.map(({ field, problem, value }) => `${field === null ? '' : `${field}: `}${problem} "${value}"`).join('; ')

/** The preview as a person reads it. Pure. */
export const previewText = ({ columns, mapping, counts, rows }: Preview): string => {
  const mapped = Object.entries(mapping).map(([field, column]) => `${field} ← "${onOneLine(columns[column] ?? '')}"`)
  const shown = rows.filter(({ action }) => action !== 'same')
  return [
    `Columns: ${mapped.join(', ') || 'none is known; name them with --map'}`,
    `${counts.add} new, ${counts.change} changed, ${counts.same} as they are, ${counts.problem} with problems`,
    ...(shown.length === 0
      ? []
      : [
          table(
            ['ROW', 'ACTION', 'NAME', ''],
            shown.map(row => [String(row.row), row.action, row.name, problemsOf(row) || row.detail]),
          ),
        ]),
  ].join('\n')
}

const preview = async (
  engine: EngineClient,
  bytes: Uint8Array<ArrayBuffer>,
  map: readonly string[],
): Promise<Preview> => {
  const guessed = await engine.call('people.preview', { table: bytes, mapping: null })
  if (map.length === 0) return guessed
  return engine.call('people.preview', { table: bytes, mapping: withMapped(guessed.mapping, guessed.columns, map) })
}

const importTable = async (
  context: Context,
  engine: EngineClient,
  file: string,
  options: ImportOptions,
): Promise<Outcome> => {
  const bytes = readBytes(file, MAX_TABLE_BYTES)
  const seen = await preview(engine, bytes, options.map ?? [])
  if (options.dryRun) return { json: seen, text: previewText(seen), exit: seen.counts.problem > 0 ? 'failed' : 'ok' }
  if (seen.counts.problem > 0 && !options.skipProblems) {
    context.progress(previewText({ ...seen, rows: seen.rows.filter(({ action }) => action === 'problem') }))
    throw new LanyardError('table-has-problems', 'Nothing was taken over: correct these rows, or add --skip-problems')
  }
  if (options.sign) await prepareSigning(context, engine)
  const { added, changed, skipped } = await engine.call('people.import', {
    table: bytes,
    mapping: seen.mapping,
    skipProblems: options.skipProblems === true,
  })
  const { stagedCount } = await engine.call('changes.get', {})
  // a table that is imported every night changes nothing on most of them
  if (stagedCount === 0)
    return {
      json: { outcome: 'unchanged', added, changed, skipped, invitations: [] },
      note: 'The list has all of it already.',
    }
  const signed: Outcome = options.sign ? await signStaged(context, engine, options) : { json: { outcome: 'staged' } }
  const invitations = options.inviteTo === undefined ? [] : await inviteEach(context, engine, added, options.inviteTo)
  return {
    ...signed,
    json: { ...(signed.json as object), added, changed, skipped, invitations },
    note: [
      `${added.length} added, ${changed} changed, ${skipped} left out.`,
      ...(options.inviteTo === undefined ? [] : [`${invitations.length} invitations in ${options.inviteTo}.`]),
      signed.note ?? 'Staged; sign with "lanyard sign".',
    ].join('\n'),
  }
}

const inviteEach = (context: Context, engine: EngineClient, people: PersonId[], folder: string) =>
  people.length === 0 ? Promise.resolve([]) : inviteInto(context, engine, people, { folder })

export const addImportCommand = (people: Command, act: Act): void => {
  withSigning(
    people
      .command('import <file>')
      .description('take people over from a spreadsheet: CSV in any usual encoding, - for standard input')
      .option('--dry-run', 'only say, row by row, what would happen')
      .option('--map <field=column>', 'which column holds what, by heading or number; more than once', collect)
      .option('--skip-problems', 'leave out rows with problems, instead of taking over nothing')
      .option('--invite-to <folder>', 'write an invitation file for each new person'),
  )
    .addHelpText(
      'after',
      `
Fields: ${tableField.options.join(', ')}. Known headings are found by themselves. Somebody who is on the list
is found by Lanyard id, else e-mail, else name and department. An empty cell empties the field.

Examples:
  lanyard people import staff.csv --dry-run
  lanyard people import staff.csv --map name="Display name" --map phone=7 --sign
  lanyard people import new.csv --skip-problems --sign --invite-to invitations/`,
    )
    .action(
      act((context, file: string, options: ImportOptions) =>
        context.withEngine(engine => importTable(context, engine, file, options)),
      ),
    )
}
