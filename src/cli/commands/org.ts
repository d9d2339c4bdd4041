import type { Command } from 'commander'
import { compareBundles, type InspectedFile, inspectFile } from '../../engine/index.ts'
import type { HistoryEntry } from '../../shared/contract/administration-entities.ts'
import type { EngineClient, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import { organisationId } from '../../shared/ids.ts'
import { MAX_BUNDLE_BYTES, MAX_HISTORY_PAGE } from '../../shared/limits.ts'
import type { Act, Context } from '../context.ts'
import { organisationOf } from '../engine-session.ts'
import { readBytes } from '../files.ts'
import type { Outcome } from '../outcome.ts'
import { changeLines, historyLines } from '../print/changes.ts'
import { fileText, membershipText, stateText, stepsText } from '../print/organisation.ts'
import { moment } from '../print/time.ts'
import { UsageError } from '../usage-error.ts'
import { handOverWords } from './recovery.ts'

const readFile = (file: string) => readBytes(file, MAX_BUNDLE_BYTES + 1_024)

const exportBundle = async (engine: EngineClient) => (await engine.call('file.export', { what: 'bundle' })).bytes

interface CreateOptions {
  organisation: string
  name: string
  title: string
  recoveryFile?: string
}

const create = async (context: Context, engine: EngineClient, options: CreateOptions): Promise<Outcome> => {
  const { organisation, name, title } = options
  const found = await engine.call('status.get', {})
  if (found.organisation !== null)
    throw new LanyardError('already-joined', `This profile belongs to ${found.organisation.name} already`)
  const passphrase = await context.secrets.adminPassphrase({ isNew: true })
  await engine.call('organisation.found', { organisation, name, title, passphrase })
  const isStored = await handOverWords(context, engine, options.recoveryFile)
  const { id } = await organisationOf(engine)
  const where =
    options.recoveryFile === undefined
      ? ''
      : ` The recovery words are in ${options.recoveryFile}: print them, and delete the file.`
  return {
    json: { id, name: organisation, recoveryFile: options.recoveryFile ?? null, recoveryConfirmed: isStored },
    text: id,
    note: `${organisation} exists, with ${name} as its administrator.${where}`,
  }
}

const showFile = (file: string, now: number): Outcome => {
  const inspected = inspectFile(readFile(file), { organisationId: null, now })
  if (inspected.kind !== 'bundle') return { json: inspected, text: fileText(inspected) }
  const { state, steps } = inspected
  return state === null
    ? { json: inspected, text: stepsText(steps), exit: 'not-verified' }
    : { json: inspected, text: stateText(state) }
}

const showProfile = async (engine: EngineClient, now: number): Promise<Outcome> => {
  const organisation = await organisationOf(engine)
  const inspected = inspectFile(await exportBundle(engine), { organisationId: organisation.id, now })
  const state = inspected.kind === 'bundle' ? inspected.state : null
  if (state === null)
    throw new LanyardError('expired', 'The documents of this profile do not hold any more: "org verify" says why')
  return { json: { ...state, ownDevice: organisation }, text: `${stateText(state)}\n\n${membershipText(organisation)}` }
}

const tellVerification = (inspected: InspectedFile, isStrict: boolean): Outcome => {
  if (inspected.kind !== 'bundle')
    throw new UsageError(`The file holds no bundle but a ${inspected.kind}: see "org show"`)
  const { steps, organisationId: id, state } = inspected
  const isNoticed = isStrict && steps.some(({ outcome }) => outcome === 'noticed')
  const verified = state !== null && !isNoticed
  return {
    json: { verified, organisationId: id, version: state?.list.version ?? null, steps },
    text: stepsText(steps),
    exit: verified ? 'ok' : 'not-verified',
  }
}

const organisationOption = (text: string) => {
  const id = organisationId.safeParse(text.toLowerCase())
  if (!id.success) throw new UsageError('--organisation takes an id of 64 hexadecimal digits')
  return id.data
}

/** `limit` entries of both kinds, the newest first. */
const readHistory = async (engine: EngineClient, limit: number) => {
  const entries: HistoryEntry[] = []
  let before: EngineOutput<'history.page'>['next'] = null
  for (;;) {
    const page: EngineOutput<'history.page'> = await engine.call('history.page', {
      before,
      limit: Math.min(limit - entries.length, MAX_HISTORY_PAGE),
    })
    entries.push(...page.entries)
    if (page.next === null || entries.length >= limit) return { entries, isComplete: page.isComplete }
    before = page.next
  }
}

const historyOfFile = (file: string, now: number): Outcome => {
  const inspected = inspectFile(readFile(file), { organisationId: null, now })
  if (inspected.kind !== 'bundle' || inspected.state === null)
    throw new LanyardError('document-malformed', `${file} holds no bundle that can be verified`)
  const entries = inspected.state.roots
  return { json: { entries, isComplete: false }, text: entries.map(historyLines).join('\n\n') }
}

const count = (text: string) => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`"${text}" is no number of entries`)
  return number
}

export const addOrgCommands = (program: Command, act: Act): void => {
  const org = program.command('org').description('the organisation and its signed documents')

  org
    .command('create')
    .description('start an organisation, with you as its administrator')
    .requiredOption('--organisation <name>')
    .requiredOption('--name <name>', 'yours')
    .option('--title <text>', 'your job title', '')
    .option('--recovery-file <file>', 'write the 24 words of the recovery sheet there instead of the screen')
    .addHelpText(
      'after',
      `
Asks for two passphrases: of the profile, and of your signing key. Prints the id of the organisation.

Example:
  lanyard org create --profile /srv/lanyard --organisation "Hafen & Co" --name "Alice Ahrens"`,
    )
    .action(
      act((context, options: CreateOptions) =>
        context.withEngine(engine => create(context, engine, options), { makesProfile: true }),
      ),
    )

  org
    .command('show [file]')
    .description('the state of the whole: of this profile, or of a .lanyard file, which needs no profile')
    .action(
      act(async ({ withEngine, now }, file: string | undefined) =>
        file === undefined ? withEngine(engine => showProfile(engine, now())) : showFile(file, now()),
      ),
    )

  org
    .command('verify [file]')
    .description('verify a bundle from its first root on, and say each step; without a file what this profile holds')
    .option('--organisation <id>', 'that it must belong to, as "org show" tells it elsewhere', organisationOption)
    .option('--strict', 'what is only noticed counts as well: an old list, an order that does not hold, an unnamed id')
    .addHelpText(
      'after',
      `
Needs neither a profile nor a network. Ends with 0 when everything holds, else with 3.

Example:
  lanyard org verify bundle.lanyard --organisation 5d2c…e1 --strict --json`,
    )
    .action(
      act(
        async (
          { withEngine, now },
          file: string | undefined,
          options: { organisation?: ReturnType<typeof organisationOption>; strict?: boolean },
        ) => {
          const verify = (bytes: Uint8Array, id: typeof options.organisation) =>
            tellVerification(inspectFile(bytes, { organisationId: id ?? null, now: now() }), options.strict === true)
          if (file !== undefined) return verify(readFile(file), options.organisation)
          return withEngine(async engine =>
            verify(await exportBundle(engine), options.organisation ?? (await organisationOf(engine)).id),
          )
        },
      ),
    )

  org
    .command('diff <older> [newer]')
    .description('what changes from one bundle to another; with one file from what this profile holds to it')
    .action(
      act(async ({ withEngine, now }, older: string, newer: string | undefined) => {
        const [before, after] =
          newer === undefined ? [await withEngine(exportBundle), readFile(older)] : [readFile(older), readFile(newer)]
        const found = compareBundles(before, after, { now: now() })
        const heading = `list ${found.before.list} (${moment(found.before.signedAt)}) → ${found.after.list} (${moment(found.after.signedAt)}), root ${found.before.root} → ${found.after.root}`
        return { json: found, text: `${heading}\n${changeLines(found.changes)}` }
      }),
    )

  org
    .command('history [file]')
    .description('who changed what, when, signed by whom; of a file the roots that it holds')
    .option('--limit <number>', 'entries', count, 50)
    .action(
      act(async ({ withEngine, now }, file: string | undefined, { limit }: { limit: number }) => {
        if (file !== undefined) return historyOfFile(file, now())
        return withEngine(async engine => {
          const found = await readHistory(engine, limit)
          const end = found.isComplete ? [] : ['Older versions are not here yet; colleagues have them: "lanyard sync".']
          return { json: found, text: [...found.entries.map(historyLines), ...end].join('\n\n') }
        })
      }),
    )
}
