import type { Command } from 'commander'
import type { InspectedFile } from '../../engine/index.ts'
import type { HistoryEntry } from '../../shared/contract/administration-entities.ts'
import type { EngineClient, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import { type OrganisationId, organisationId } from '../../shared/ids.ts'
import { MAX_HISTORY_PAGE } from '../../shared/limits.ts'
import type { Act } from '../context.ts'
import { organisationOf } from '../engine-session.ts'
import { loadEngine } from '../load-engine.ts'
import type { Outcome } from '../outcome.ts'
import { changeLines, historyLines } from '../print/changes.ts'
import { stepsText } from '../print/organisation.ts'
import { moment } from '../print/time.ts'
import { UsageError } from '../usage-error.ts'
import { exportBundle, inspect, readLanyardFile } from './org-files.ts'

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

const historyOfFile = async (file: string, now: number): Promise<Outcome> => {
  const inspected = await inspect(readLanyardFile(file), null, now)
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

/** `org verify`, `diff` and `history`: for those who check, with or without a profile. */
export const addOrgDocumentCommands = (org: Command, act: Act): void => {
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
          options: { organisation?: OrganisationId; strict?: boolean },
        ) => {
          const verify = async (bytes: Uint8Array, id: OrganisationId | undefined) =>
            tellVerification(await inspect(bytes, id ?? null, now()), options.strict === true)
          if (file !== undefined) return verify(readLanyardFile(file), options.organisation)
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
          newer === undefined
            ? [await withEngine(exportBundle), readLanyardFile(older)]
            : [readLanyardFile(older), readLanyardFile(newer)]
        const found = (await loadEngine()).compareBundles(before, after, { now: now() })
        const heading = `list ${found.before.list} (${moment(found.before.signedAt)}) → ${found.after.list} (${moment(found.after.signedAt)}), root ${found.before.root} → ${found.after.root}`
        return { json: found, text: `${heading}\n${changeLines(found.changes, found.changeCount)}` }
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
