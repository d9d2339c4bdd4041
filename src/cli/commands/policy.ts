import { type Command, Option } from 'commander'
import type { Policy } from '../../shared/contract/edits.ts'
import type { Act } from '../context.ts'
import { facts } from '../print/table.ts'
import { UsageError } from '../usage-error.ts'
import { collect, withSigning } from './options.ts'
import { type SignOptions, stageEdits } from './signing.ts'
import { stagedPolicy } from './staged-drafts.ts'

interface PolicyOptions extends SignOptions {
  approveInvitations?: 'yes' | 'no'
  leaseDays?: string
  seed?: string[]
}

const leaseOf = (text: string): number | null => {
  if (text === 'never') return null
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1) return days
  throw new UsageError(`--lease-days: "${text}" is neither a number of days nor "never"`)
}

const policyText = ({ approvesInvitations, offlineLeaseDays, seedAddresses }: Policy) =>
  facts([
    ['Approve invitations by themselves', approvesInvitations ? 'yes' : 'no'],
    ['Lock without fresh news', offlineLeaseDays === null ? 'never' : `after ${offlineLeaseDays} days`],
    ['Seed addresses', seedAddresses.join(', ') || 'none'],
  ])

export const addPolicyCommands = (program: Command, act: Act): void => {
  const policy = program.command('policy').description("the organisation's rules")

  policy
    .command('show')
    .description('the rules in force')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          const rules = await engine.call('policy.get', {})
          return { json: rules, text: policyText(rules) }
        }),
      ),
    )

  withSigning(
    policy
      .command('set')
      .description('change rules; what is not given stays')
      .addOption(
        new Option('--approve-invitations <yes|no>', 'let valid invitations in by themselves').choices(['yes', 'no']),
      )
      .option('--lease-days <days>', 'lock devices that had no fresh news for so long, or "never"')
      .option(
        '--seed <multiaddr>',
        'addresses on other subnets to ask first; more than once, "none" for none',
        collect,
      ),
  ).action(
    act((context, options: PolicyOptions) =>
      context.withEngine(async engine => {
        const rules = (await stagedPolicy(engine)) ?? (await engine.call('policy.get', {}))
        const { approveInvitations, leaseDays, seed } = options
        const changed: Policy = {
          approvesInvitations:
            approveInvitations === undefined ? rules.approvesInvitations : approveInvitations === 'yes',
          offlineLeaseDays: leaseDays === undefined ? rules.offlineLeaseDays : leaseOf(leaseDays),
          seedAddresses: seed === undefined ? rules.seedAddresses : seed.filter(address => address !== 'none'),
        }
        return stageEdits(context, engine, [{ kind: 'change-policy', policy: changed }], options)
      }),
    ),
  )
}
