import type { Command } from 'commander'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { JoinRequest } from '../../shared/contract/entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Act, Context } from '../context.ts'
import { organisationOf } from '../engine-session.ts'
import { writeNewFile } from '../files.ts'
import { findByIdOrName } from '../find.ts'
import type { Outcome } from '../outcome.ts'
import { table } from '../print/table.ts'
import { moment } from '../print/time.ts'
import { readRows } from '../rows.ts'
import { UsageError } from '../usage-error.ts'
import { unlockSigning } from './signing.ts'

interface ApproveOptions {
  words?: string
  out?: string
}

const requestsTable = (requests: readonly JoinRequest[]) =>
  table(
    ['ID', 'NAME', 'DEVICE', 'WORDS', 'ASKED', ''],
    requests.map(({ id, name, deviceName, words, requestedAt, state }) => [
      id.slice(0, 12),
      name,
      deviceName,
      words.join(' '),
      moment(requestedAt),
      state === 'approved' ? 'waits for signatures' : '',
    ]),
  )

/** The words are what makes sure that the right device asks: read out by the person who sits at it. */
const compareWords = async (
  { secrets }: Context,
  { name, deviceName, words }: JoinRequest,
  given: string | undefined,
) => {
  if (given !== undefined) {
    if (given.trim().toLowerCase().split(/\s+/).join(' ') === words.join(' ')) return
    throw new LanyardError('request-changed', `${deviceName} shows other words than these: it may not be ${name}`)
  }
  const question = `${name}, ${deviceName}: does it show "${words.join(' ')}"?`
  if (!(await secrets.confirm(question))) throw new LanyardError('cancelled', 'Not approved')
}

const approve = async (
  context: Context,
  engine: EngineClient,
  which: string[],
  options: ApproveOptions,
): Promise<Outcome> => {
  if (options.words !== undefined && which.length > 1) throw new UsageError('--words is for one request at a time')
  const { joinRequests } = await readRows(engine)
  const found = which.map(each => findByIdOrName(joinRequests, each, 'request-unknown'))
  for (const request of found) await compareWords(context, request, options.words)
  await unlockSigning(context, engine)
  for (const { id, invitationId, words } of found) await engine.call('request.approve', { id, invitationId, words })

  const waiting = new Set((await readRows(engine)).joinRequests.map(({ id }) => id))
  const isWaiting = found.some(({ id }) => waiting.has(id))
  const { list } = await organisationOf(engine)
  const json = {
    approved: found.map(({ id }) => id),
    version: list.version,
    outcome: isWaiting ? 'waiting' : 'in-force',
  }
  const names = found.map(({ name }) => name).join(', ')
  if (isWaiting)
    return { json, note: `Approved: ${names}. More signatures are needed before it counts.`, exit: 'waiting' }
  if (options.out !== undefined) writeNewFile(options.out, (await engine.call('file.export', { what: 'bundle' })).bytes)
  const file = options.out === undefined ? '' : ` The answer is in ${options.out}.`
  return { json: { ...json, file: options.out ?? null }, note: `Approved: ${names}, list ${list.version}.${file}` }
}

export const addRequestCommands = (program: Command, act: Act): void => {
  const requests = program.command('requests').description('devices that ask to be let in')

  requests
    .command('list')
    .description('who asks, with the words that the device shows')
    .action(
      act(({ withEngine }) =>
        withEngine(async engine => {
          const { joinRequests } = await readRows(engine)
          return { json: { requests: joinRequests }, text: requestsTable(joinRequests) }
        }),
      ),
    )

  requests
    .command('approve <request...>')
    .description('let a device in; named by id or exact name of the person')
    .option('--words <words>', 'the six words that the device shows, instead of being asked')
    .option('--out <file>', 'write the answer to a file, for a device without a network')
    .action(
      act((context, which: string[], options: ApproveOptions) =>
        context.withEngine(engine => approve(context, engine, which, options)),
      ),
    )

  requests
    .command('decline <request...>')
    .description('turn a device away; named by id or exact name of the person')
    .action(
      act(({ withEngine }, which: string[]) =>
        withEngine(async engine => {
          const { joinRequests } = await readRows(engine)
          const found = which.map(each => findByIdOrName(joinRequests, each, 'request-unknown'))
          for (const { id } of found) await engine.call('request.decline', { id })
          return {
            json: { declined: found.map(({ id }) => id) },
            note: `Declined: ${found.map(({ name }) => name).join(', ')}.`,
          }
        }),
      ),
    )
}
