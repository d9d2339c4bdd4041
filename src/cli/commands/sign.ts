import type { Command } from 'commander'
import type { Proposal } from '../../shared/contract/administration-entities.ts'
import type { EngineClient } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Act, Context } from '../context.ts'
import type { Outcome } from '../outcome.ts'
import { UsageError } from '../usage-error.ts'
import { changesText } from './changes.ts'
import { readLanyardFile } from './org-files.ts'
import { proposalText } from './proposal-text.ts'
import { signStaged, tellSigned, unlockSigning } from './signing.ts'

interface SignCommandOptions {
  out?: string
  proposal?: string
}

const findProposal = async (engine: EngineClient, isIt: (proposal: Proposal) => boolean): Promise<Proposal> => {
  const found = (await engine.call('changes.get', {})).proposals.find(isIt)
  if (found === undefined) throw new LanyardError('proposal-unknown', 'There is no such proposal, or it is settled')
  return found
}

const proposalFromFile = async (engine: EngineClient, file: string): Promise<Proposal> => {
  const taken = await engine.call('file.import', { bytes: readLanyardFile(file) })
  if (taken.kind !== 'proposal') throw new UsageError(`${file} holds a ${taken.kind}, no proposal: use "bundle import"`)
  return findProposal(engine, ({ id }) => id === taken.id)
}

const signProposal = async (
  context: Context,
  engine: EngineClient,
  proposal: Proposal,
  options: SignCommandOptions,
): Promise<Outcome> => {
  context.progress(proposalText(proposal))
  if (!(await context.secrets.confirm('Sign this?'))) throw new LanyardError('cancelled', 'Not signed')
  const { id, kind } = proposal
  if (kind === 'list') await unlockSigning(context, engine)
  const words = kind === 'root' ? await context.secrets.recoveryWords() : null
  return tellSigned(engine, await engine.call('proposal.sign', { id, words }), options, { kind, id })
}

const sign = async (context: Context, engine: EngineClient, file: string | undefined, options: SignCommandOptions) => {
  if (file !== undefined) return signProposal(context, engine, await proposalFromFile(engine, file), options)
  const { proposal } = options
  if (proposal !== undefined) {
    if (proposal.length < 6) throw new UsageError('Six digits of the proposal, or more')
    return signProposal(context, engine, await findProposal(engine, ({ id }) => id.startsWith(proposal)), options)
  }
  const waiting = await engine.call('changes.get', {})
  context.progress(changesText({ ...waiting, proposals: [] }))
  if (waiting.stagedCount > 0 && !(await context.secrets.confirm('Sign this?')))
    throw new LanyardError('cancelled', 'Not signed')
  return signStaged(context, engine, options)
}

export const addSignCommand = (program: Command, act: Act): void => {
  program
    .command('sign [file]')
    .description('sign the staged changes as the next list; or add a signature to a proposal that came as a file')
    .option('--proposal <id>', 'one that is here already; see "changes list"')
    .option('--out <file>', 'write the bundle, or the proposal while it lacks signatures, to a file')
    .addHelpText(
      'after',
      `
A proposal of a new root asks for the words of your recovery sheet, a list for the passphrase of your signing key.
Ends with 6 while more signatures are needed.

Examples:
  lanyard sign
  lanyard sign proposal.lanyard --out answer.lanyard
  lanyard sign root.lanyard --words-file fd:3 --yes --out answer.lanyard 3< words.txt`,
    )
    .action(
      act((context, file: string | undefined, options: SignCommandOptions) =>
        context.withEngine(engine => sign(context, engine, file, options)),
      ),
    )
}
