import { hostname } from 'node:os'
import type { Command } from 'commander'
import type { EngineClient } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import { MAX_NAME_CHARACTERS } from '../../shared/limits.ts'
import type { Act, Context } from '../context.ts'
import { duration } from '../duration.ts'
import { statusWithin } from '../engine-session.ts'
import { writeNewFile } from '../files.ts'
import type { Outcome } from '../outcome.ts'
import { moment } from '../print/time.ts'
import { readLanyardFile } from './org-files.ts'

interface JoinOptions {
  deviceName: string
  for: number
  requestOut?: string
}

/** Milliseconds that an administrator at their desk takes to compare the words. */
const USUAL = 10 * 60_000

/** The link itself, a text with the link in it, or the file that "invite --out" writes. */
const linkOf = async (engine: EngineClient, source: string): Promise<string> => {
  if (/^lanyard:/i.test(source)) return source
  const bytes = readLanyardFile(source)
  const text = new TextDecoder().decode(bytes)
  if (/^\s*lanyard:/i.test(text)) return text.trim()
  const taken = await engine.call('file.import', { bytes })
  if (taken.kind !== 'invitation') throw new LanyardError('invitation-malformed', `${source} holds no invitation`)
  return taken.link
}

const begin = async ({ secrets, progress }: Context, engine: EngineClient, source: string, deviceName: string) => {
  const link = await linkOf(engine, source)
  const { organisation, name, expiresAt } = await engine.call('join.preview', { link })
  progress(`Invitation to ${organisation} for ${name}, good until ${moment(expiresAt)}`)
  if (!(await secrets.confirm('Join?'))) throw new LanyardError('cancelled', 'Not joined')
  await engine.call('join.start', { link, deviceName })
}

const answered = async (context: Context, engine: EngineClient, milliseconds: number): Promise<Outcome> => {
  const { joining } = await engine.call('status.get', {})
  if (joining !== null) context.progress(`This device shows: ${joining.words.join(' ')}`)
  const status = await statusWithin(
    engine,
    milliseconds,
    now => now.organisation !== null || now.joining?.state === 'declined' || now.joining?.state === 'failed',
    context.signal,
  )
  const now = status ?? (await engine.call('status.get', {}))
  if (now.organisation !== null) {
    const { id, name, list } = now.organisation
    return { json: { joined: true, organisation: id, name, version: list.version }, note: `Joined ${name}.` }
  }
  if (now.joining?.state === 'declined') throw new LanyardError('join-declined', 'An administrator declined')
  if (now.joining?.state === 'failed')
    throw new LanyardError(now.joining.failure ?? 'network-failed', 'The request was refused')
  return {
    json: { joined: false, words: joining?.words ?? null },
    note: 'No answer yet. The request stays: "lanyard join" without an invitation goes on waiting.',
    exit: 'waiting',
  }
}

const join = async (context: Context, engine: EngineClient, source: string | undefined, options: JoinOptions) => {
  const { organisation, joining } = await engine.call('status.get', {})
  if (organisation !== null) throw new LanyardError('already-joined', `This profile belongs to ${organisation.name}`)
  if (source !== undefined) await begin(context, engine, source, options.deviceName)
  else if (joining === null) throw new LanyardError('not-joined', 'There is no request yet: name an invitation')
  if (options.requestOut === undefined) return answered(context, engine, options.for)

  const { bytes } = await engine.call('file.export', { what: 'join-request' })
  writeNewFile(options.requestOut, bytes)
  const words = (await engine.call('status.get', {})).joining?.words ?? []
  const outcome: Outcome = {
    json: { joined: false, words, file: options.requestOut },
    text: words.join(' '),
    note: `Bring ${options.requestOut} to an administrator, and take their answer in with "bundle import".`,
    exit: 'waiting',
  }
  return outcome
}

export const addJoinCommand = (program: Command, act: Act): void => {
  program
    .command('join [invitation]')
    .description('become a member: with an invitation file, a link, or - for a link on standard input')
    .option('--device-name <name>', 'what this device is called', hostname().slice(0, MAX_NAME_CHARACTERS))
    .option('--for <duration>', 'how long to wait for the answer', duration, USUAL)
    .option('--request-out <file>', 'no network: write the request to a file instead')
    .addHelpText(
      'after',
      `
Other users of this machine can see a link on the command line while the command runs: prefer a file or -.
Ends with 6 while there is no answer yet; the same command without an invitation goes on waiting.

Examples:
  lanyard join carol.lanyard --device-name "Carol's server"
  lanyard join carol.lanyard --request-out request.lanyard      then: lanyard bundle import answer.lanyard`,
    )
    .action(
      act((context, source: string | undefined, options: JoinOptions) =>
        context.withEngine(engine => join(context, engine, source, options), {
          isOnline: options.requestOut === undefined,
          makesProfile: true,
        }),
      ),
    )
}
