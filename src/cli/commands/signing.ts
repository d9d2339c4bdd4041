import type { Edit } from '../../shared/contract/edits.ts'
import type { EngineClient, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Context } from '../context.ts'
import { organisationOf } from '../engine-session.ts'
import { writeNewFile } from '../files.ts'
import type { Outcome } from '../outcome.ts'
import { changeLines } from '../print/changes.ts'
import { counted } from '../print/table.ts'

type Signed = EngineOutput<'changes.sign'>

export interface SignOptions {
  /** Sign at once instead of leaving it staged. */
  readonly sign?: boolean
  /** Where the result goes as a file: the bundle once it counts, else the proposal. */
  readonly out?: string
}

/** Throws `not-admin`, `passphrase-wrong`. */
export const unlockSigning = async ({ secrets }: Context, engine: EngineClient): Promise<void> => {
  const { isAdmin, adminUnlocked } = await organisationOf(engine)
  if (!isAdmin) throw new LanyardError('not-admin', 'This profile holds no key that signs the contact list')
  if (!adminUnlocked) await engine.call('admin.unlock', { passphrase: await secrets.adminPassphrase() })
}

const proposalOf = async (engine: EngineClient, version: number, id: string | null) => {
  const { proposals } = await engine.call('changes.get', {})
  const found = proposals.find(proposal =>
    id === null ? proposal.isOwn && proposal.version === version : proposal.id === id,
  )
  if (found === undefined) throw new LanyardError('proposal-unknown', 'The proposal is not here any more')
  return found.id
}

const exportResult = async (engine: EngineClient, { outcome, version }: Signed, id: string | null) => {
  if (outcome === 'in-force') return engine.call('file.export', { what: 'bundle' })
  return engine.call('file.export', { what: 'proposal', id: await proposalOf(engine, version, id) } as const)
}

/** Says what a signature has brought about, and writes it down for others. `id`: of the proposal, null for own edits. */
export const tellSigned = async (
  engine: EngineClient,
  signed: Signed,
  { out }: SignOptions,
  { kind = 'list', id = null }: { kind?: 'list' | 'root'; id?: string | null } = {},
): Promise<Outcome> => {
  const { outcome, version, signatures, threshold } = signed
  if (out !== undefined) writeNewFile(out, (await exportResult(engine, signed, id)).bytes)
  const file = out === undefined ? '' : ` Written to ${out}.`
  const json = { ...signed, kind, file: out ?? null }
  if (outcome === 'in-force') return { json, note: `Signed: ${kind} ${version} is in force.${file}` }
  const missing = counted(threshold - signatures, 'more signature')
  return { json, note: `Signed: ${kind} ${version} waits for ${missing}.${file}`, exit: 'waiting' }
}

/** One list takes in all that is staged, so whoever signs one change at once learns of the others first. */
export const prepareSigning = async (context: Context, engine: EngineClient): Promise<void> => {
  await unlockSigning(context, engine)
  const { staged, stagedCount } = await engine.call('changes.get', {})
  if (stagedCount === 0) return
  context.progress(
    `Staged already:\n${changeLines(
      staged.map(({ change }) => change),
      stagedCount,
    )}`,
  )
  if (!(await context.secrets.confirm('They would be signed as well. Go on?')))
    throw new LanyardError('cancelled', 'Nothing was staged or signed')
}

/** Signs what is staged. Throws `nothing-to-sign`. */
export const signStaged = async (context: Context, engine: EngineClient, options: SignOptions): Promise<Outcome> => {
  await unlockSigning(context, engine)
  return tellSigned(engine, await engine.call('changes.sign', {}), options)
}

/** Keeps edits for the next list, and signs it where that is asked for. `people` are the ids of new ones. */
export const stageEdits = async (
  context: Context,
  engine: EngineClient,
  edits: Edit[],
  options: SignOptions,
): Promise<Outcome> => {
  if (options.sign) await prepareSigning(context, engine)
  const { people } = await engine.call('changes.stage', { edits })
  if (!options.sign) {
    const { stagedCount } = await engine.call('changes.get', {})
    return {
      json: { outcome: 'staged', people, staged: stagedCount },
      note: `Staged; ${counted(stagedCount, 'change')} to sign with "lanyard sign".`,
    }
  }
  const outcome = await signStaged(context, engine, options)
  return { ...outcome, json: { ...(outcome.json as object), people } }
}
