import type { Command } from 'commander'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { Status } from '../../shared/contract/entities.ts'
import type { Act, Context } from '../context.ts'
import { duration } from '../duration.ts'
import { organisationOf, statusWithin } from '../engine-session.ts'
import type { Outcome } from '../outcome.ts'
import { counted } from '../print/table.ts'
import { readRows } from '../rows.ts'

interface SyncOptions {
  for: number
  untilNews?: boolean
}

/** Milliseconds: discovery on a LAN takes one second, a remembered address on another subnet a few. */
const USUAL = 30_000

/** What there is for an administrator to look at. */
const waitingFor = async (engine: EngineClient) => {
  const { list, administration } = await organisationOf(engine)
  const { joinRequests } = await readRows(engine)
  const { proposals, offers } = administration
  return { version: list.version, proposals, offers, requests: joinRequests.length }
}

type Waiting = Awaited<ReturnType<typeof waitingFor>>

const hasNews = (before: Waiting, now: Waiting) =>
  now.version > before.version ||
  now.proposals > before.proposals ||
  now.offers > before.offers ||
  now.requests > before.requests

const sync = async ({ progress, signal }: Context, engine: EngineClient, options: SyncOptions): Promise<Outcome> => {
  const before = await waitingFor(engine)
  progress(`Online with list ${before.version}`)
  let met = 0
  const arrived = new AbortController()
  const stopLooking = engine.on('feed.advanced', () => {
    if (options.untilNews !== true) return
    waitingFor(engine).then(
      now => {
        if (hasNews(before, now)) arrived.abort()
      },
      // the engine ended meanwhile, and whoever waits for it is told
      () => arrived.abort(),
    )
  })
  const isEnough = ({ organisation, online }: Status) => {
    met = Math.max(met, online.length)
    if (organisation === null || options.untilNews !== true) return false
    const { proposals, offers } = organisation.administration
    return hasNews(before, { version: organisation.list.version, proposals, offers, requests: before.requests })
  }
  await statusWithin(engine, options.for, isEnough, AbortSignal.any([signal, arrived.signal]))
  stopLooking()

  const now = await waitingFor(engine)
  const news =
    now.version > before.version ? `List ${before.version} → ${now.version}.` : `List ${now.version}, nothing newer.`
  const requests = now.requests === 0 ? '' : ` ${counted(now.requests, 'join request')}.`
  return {
    json: { before: before.version, ...now, peopleMet: met },
    note: `Met ${counted(met, 'colleague')} at a time. ${news}${requests}`,
  }
}

export const addSyncCommand = (program: Command, act: Act): void => {
  program
    .command('sync')
    .description('go online for a while: take over what is new, and hand on what waits here')
    .option('--for <duration>', 'how long', duration, USUAL)
    .option('--until-news', 'end as soon as there is a newer list, a join request, a proposal or an offer of keys')
    .addHelpText(
      'after',
      '\nThe only command besides "join" that uses the network. Ctrl+C ends it early.\n\nExample:\n  lanyard sync --for 2m --until-news',
    )
    .action(
      act((context, options: SyncOptions) =>
        context.withEngine(engine => sync(context, engine, options), { isOnline: true }),
      ),
    )
}
