import type { Command } from 'commander'
import type { Act } from '../context.ts'
import { duration } from '../duration.ts'
import { organisationOf, statusWithin } from '../engine-session.ts'
import { counted } from '../print/table.ts'

/** Milliseconds: discovery on a LAN takes one second, a remembered address on another subnet a few. */
const USUAL = 30_000

export const addSyncCommand = (program: Command, act: Act): void => {
  program
    .command('sync')
    .description('go online for a while: take over what is new, and hand on what waits here')
    .option('--for <duration>', 'how long', duration, USUAL)
    .option('--until-news', 'end as soon as a newer list is here')
    .addHelpText(
      'after',
      '\nThe only command besides "join" that uses the network.\n\nExample:\n  lanyard sync --for 2m --until-news',
    )
    .action(
      act(({ withEngine, progress, signal }, options: { for: number; untilNews?: boolean }) =>
        withEngine(
          async engine => {
            const before = (await organisationOf(engine)).list.version
            let met = 0
            progress(`Online with list ${before}`)
            await statusWithin(
              engine,
              options.for,
              ({ organisation, online }) => {
                met = Math.max(met, online.length)
                return options.untilNews === true && (organisation?.list.version ?? 0) > before
              },
              signal,
            )
            const { list, administration } = await organisationOf(engine)
            const json = { before, version: list.version, peopleMet: met, freshness: list.freshness, administration }
            const met_ = `Met ${counted(met, 'colleague')} at a time.`
            const news =
              list.version > before ? `List ${before} → ${list.version}.` : `List ${list.version}, nothing newer.`
            return { json, note: `${met_} ${news}` }
          },
          { isOnline: true },
        ),
      ),
    )
}
