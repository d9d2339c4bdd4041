import type { Command } from 'commander'
import type { EngineClient } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Act, Context } from '../context.ts'
import { organisationOf } from '../engine-session.ts'
import type { Outcome } from '../outcome.ts'
import { fileText, membershipText, stateText, stepsText } from '../print/organisation.ts'
import { addOrgDocumentCommands } from './org-documents.ts'
import { exportBundle, inspect, readLanyardFile } from './org-files.ts'
import { handOverWords } from './recovery.ts'

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

const showFile = async (file: string, now: number): Promise<Outcome> => {
  const inspected = await inspect(readLanyardFile(file), null, now)
  if (inspected.kind !== 'bundle') return { json: inspected, text: fileText(inspected) }
  const { state, steps } = inspected
  return state === null
    ? { json: inspected, text: stepsText(steps), exit: 'not-verified' }
    : { json: inspected, text: stateText(state) }
}

const showProfile = async (engine: EngineClient, now: number): Promise<Outcome> => {
  const organisation = await organisationOf(engine)
  const inspected = await inspect(await exportBundle(engine), organisation.id, now)
  const state = inspected.kind === 'bundle' ? inspected.state : null
  if (state === null)
    throw new LanyardError('expired', 'The documents of this profile do not hold any more: "org verify" says why')
  return { json: { ...state, ownDevice: organisation }, text: `${stateText(state)}\n\n${membershipText(organisation)}` }
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

  addOrgDocumentCommands(org, act)
}
