import type { Command } from 'commander'
import type { StagedChange } from '../../shared/contract/administration-entities.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import type { Act } from '../context.ts'
import { changeLine, changeLines } from '../print/changes.ts'
import { counted } from '../print/table.ts'
import { UsageError } from '../usage-error.ts'
import { proposalText } from './proposal-text.ts'

const stagedLine = ({ id, change, problem }: StagedChange) =>
  `  ${String(id).padStart(4)}  ${changeLine(change)}${problem === null ? '' : `  cannot be signed: ${problem}`}`

/** What waits, as a person reads it. Pure. */
export const changesText = ({
  nextVersion,
  staged,
  stagedCount,
  proposals,
  needsRenewal,
}: EngineOutput<'changes.get'>): string => {
  const blocks = [
    stagedCount === 0
      ? 'Nothing is staged.'
      : [
          `${counted(stagedCount, 'change')} staged for list ${nextVersion}:`,
          ...staged.map(stagedLine),
          ...(stagedCount > staged.length ? [`        … and ${stagedCount - staged.length} more`] : []),
        ].join('\n'),
    ...proposals.map(proposal => proposalText(proposal)),
    ...(needsRenewal ? ['The list has to be signed anew: "lanyard sign" does it.'] : []),
  ]
  return blocks.join('\n\n')
}

export const addChangeCommands = (program: Command, act: Act): void => {
  const changes = program.command('changes').description('what is not in force yet')

  changes
    .command('list')
    .description('what is staged on this device, and what waits for signatures')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          const found = await engine.call('changes.get', {})
          return { json: found, text: changesText(found) }
        }),
      ),
    )

  changes
    .command('discard [id...]')
    .description('take staged changes back, by their numbers')
    .option('--all', 'all of them')
    .option('--proposal <id>', 'forget a proposal on this device; own changes in it are staged again')
    .action(
      act(({ withEngine }, ids: string[], { all, proposal }: { all?: boolean; proposal?: string }) =>
        withEngine(async engine => {
          if (proposal !== undefined) {
            const { proposals } = await engine.call('changes.get', {})
            const found = proposals.find(({ id }) => proposal.length >= 6 && id.startsWith(proposal))
            if (found === undefined) throw new UsageError(`There is no proposal "${proposal}"`)
            await engine.call('proposal.drop', { id: found.id })
            return { json: { dropped: found.id }, note: `Dropped:\n${changeLines(found.changes, found.changeCount)}` }
          }
          const numbers = ids.map(Number)
          if (all === true ? ids.length > 0 : ids.length === 0 || !numbers.every(Number.isInteger))
            throw new UsageError('Name the numbers that "changes list" shows, or --all')
          await engine.call('changes.discard', { ids: all === true ? null : numbers })
          const { stagedCount } = await engine.call('changes.get', {})
          return { json: { staged: stagedCount }, note: `${counted(stagedCount, 'change')} left.` }
        }),
      ),
    )
}
