import { Command, Option } from 'commander'
import packageFile from '../../package.json' with { type: 'json' }
import { addAdminCommands } from './commands/admins.ts'
import { addBundleCommands } from './commands/bundle.ts'
import { addChangeCommands } from './commands/changes.ts'
import { addDeviceCommands } from './commands/devices.ts'
import { addGroupCommands } from './commands/groups.ts'
import { addInvitationCommands } from './commands/invitations.ts'
import { addJoinCommand } from './commands/join.ts'
import { addOrgCommands } from './commands/org.ts'
import { addPeopleCommands } from './commands/people.ts'
import { addPolicyCommands } from './commands/policy.ts'
import { addRecoveryCommand } from './commands/recovery.ts'
import { addRequestCommands } from './commands/requests.ts'
import { addRootCommands } from './commands/root.ts'
import { addSignCommand } from './commands/sign.ts'
import { addSyncCommand } from './commands/sync.ts'
import type { Act } from './context.ts'
import { type ExitName, exitCodes, exitMeanings } from './exit-codes.ts'

const exitLines = (Object.keys(exitCodes) as ExitName[])
  .map(name => `  ${exitCodes[name]}  ${exitMeanings[name]}`)
  .join('\n')

const EPILOGUE = `
Secrets come from the keyboard, a file, - (standard input) or fd:3 (an open descriptor), never from arguments.
The network stays off, except for "sync" and "join".

Exit codes:
${exitLines}

Examples:
  lanyard org verify bundle.lanyard --organisation 5d2c…e1
  lanyard people import staff.csv --dry-run
  lanyard sign proposal.lanyard --out answer.lanyard

"lanyard <command> --help" says more; docs/CLI.md has whole stories.`

const loopbackOr = (text: string): Option => new Option('--discovery <mode>', text).choices(['lan', 'loopback', 'off'])

/** Every command with its options and help. Nothing runs before it is parsed. */
export const createProgram = (act: Act): Command => {
  const program = new Command('lanyard')
    .description('Lanyard without a window: the contact list of your organisation, and the signatures under it')
    .version(packageFile.version)
    .option('--profile <folder>', "the profile's folder; the desktop app's unless given")
    .option('--json', 'one JSON document on standard output; errors as JSON on standard error')
    .option('--quiet', 'only what was asked for, and errors')
    .option('--yes', 'answer every question with yes')
    .option('--passphrase-file <file>', 'passphrase of the profile')
    .option('--admin-passphrase-file <file>', 'passphrase of your signing key')
    .option('--words-file <file>', 'the 24 words of your recovery sheet')
    .addOption(loopbackOr('for tests on one machine').default('lan').hideHelp())
    .addOption(new Option('--discovery-port <port>').argParser(Number).hideHelp())
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('Add --help to see what is understood.')

  for (const add of [
    addOrgCommands,
    addPeopleCommands,
    addDeviceCommands,
    addGroupCommands,
    addPolicyCommands,
    addInvitationCommands,
    addRequestCommands,
    addChangeCommands,
    addSignCommand,
    addAdminCommands,
    addRootCommands,
    addRecoveryCommand,
    addBundleCommands,
    addSyncCommand,
    addJoinCommand,
  ])
    add(program, act)
  return program
}
