import type { Command } from 'commander'
import type { Fork } from '../../shared/contract/administration-entities.ts'
import type { EngineClient, EngineOutput } from '../../shared/contract/engine.ts'
import { missingCase } from '../../shared/errors.ts'
import type { Act } from '../context.ts'
import { organisationOf, statusWithin } from '../engine-session.ts'
import { writeNewFile } from '../files.ts'
import type { Outcome } from '../outcome.ts'
import { changeLines } from '../print/changes.ts'
import { counted } from '../print/table.ts'
import { moment } from '../print/time.ts'
import { readLanyardFile } from './org-files.ts'

const namesOf = (signers: Fork['trustedBy']) => signers.map(({ name }) => name).join(', ') || 'nobody'

const forkLine = ({ document, version, trustedBy, contradictedBy }: Fork): string =>
  `! fork: two ${document} documents of version ${version}, one signed by ${namesOf(trustedBy)}, the other by ${namesOf(contradictedBy)}`

/** Milliseconds that becoming a member takes on a slow disk, once its bundle is in. */
const ENTERING = 30_000

const tellImport = (taken: EngineOutput<'file.import'>): Outcome => {
  switch (taken.kind) {
    case 'bundle': {
      const what = `list ${taken.version}, signed ${moment(taken.signedAt)}`
      return { json: taken, note: taken.isNews ? `Taken over: ${what}.` : `Nothing new: ${what}.` }
    }
    case 'proposal':
      return {
        json: taken,
        note: `A change that waits for signatures: ${taken.id.slice(0, 16)}. See "changes list", then "sign --proposal".`,
      }
    case 'invitation':
      return { json: { kind: taken.kind }, note: 'An invitation: "lanyard join" with this file takes it up.' }
    case 'notices': {
      const parts = [
        counted(taken.requests, 'join request'),
        counted(taken.offers, 'offer of keys', 'offers of keys'),
        counted(taken.forks, 'proof of a fork', 'proofs of a fork'),
        counted(taken.others, 'other notice'),
      ]
      const alarm =
        taken.forks > 0 ? ' Somebody with an administrator’s key signed twice: call the administrators.' : ''
      return { json: taken, note: `Taken in: ${parts.join(', ')}.${alarm}` }
    }
    default:
      return missingCase(taken)
  }
}

const takeIn = async (engine: EngineClient, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> => {
  const wasJoining = (await engine.call('status.get', {})).joining !== null
  const outcome = tellImport(await engine.call('file.import', { bytes }))
  if (!wasJoining) return outcome
  const joined = await statusWithin(engine, ENTERING, ({ organisation }) => organisation !== null)
  const organisation = joined?.organisation?.name
  if (organisation === undefined) return outcome
  return { json: { ...(outcome.json as object), joined: true }, note: `Joined ${organisation}.` }
}

export const addBundleCommands = (program: Command, act: Act): void => {
  const bundle = program.command('bundle').description('.lanyard files, for places that no network connects')

  bundle
    .command('export <file>')
    .description('write all that the organisation says to a file; any member may hand it on')
    .action(
      act(({ withEngine }, file: string) =>
        withEngine(async engine => {
          const { bytes } = await engine.call('file.export', { what: 'bundle' })
          writeNewFile(file, bytes)
          const { list } = await organisationOf(engine)
          const json = { file, bytes: bytes.length, version: list.version }
          return { json, note: `List ${list.version} written to ${file}, ${counted(bytes.length, 'byte')}.` }
        }),
      ),
    )

  bundle
    .command('import <file>')
    .description('take in a bundle, a proposal, a join request or an offer of keys; - for standard input')
    .action(act(({ withEngine }, file: string) => withEngine(engine => takeIn(engine, readLanyardFile(file)))))

  bundle
    .command('inspect <file>')
    .description('what a bundle or a proposal would change here, without taking it in')
    .action(
      act(({ withEngine }, file: string) =>
        withEngine(async engine => {
          const found = await engine.call('file.inspect', { bytes: readLanyardFile(file) })
          const { kind, version, changes, changeCount, forks } = found
          const heading = version === null ? kind : `${kind} of version ${version}`
          return { json: found, text: [heading, changeLines(changes, changeCount), ...forks.map(forkLine)].join('\n') }
        }),
      ),
    )
}
