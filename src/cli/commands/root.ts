import type { Command } from 'commander'
import type { Administrators, KeyOffer } from '../../shared/contract/administration-entities.ts'
import type { EngineClient } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Act, Context } from '../context.ts'
import { findById, findByIdOrName } from '../find.ts'
import type { Outcome } from '../outcome.ts'
import { UsageError } from '../usage-error.ts'
import { collect } from './options.ts'
import { tellSigned } from './signing.ts'

interface RotateOptions {
  add?: string[]
  remove?: string[]
  threshold?: string[]
  out?: string
}

type Thresholds = Record<'root' | 'contacts' | 'orders', number>

/** `contacts=2`. Pure. */
export const withThresholds = ({ roles }: Pick<Administrators, 'roles'>, given: readonly string[]): Thresholds => {
  const result: Thresholds = {
    root: roles.root.threshold,
    contacts: roles.contacts.threshold,
    orders: roles.orders.threshold,
  }
  for (const pair of given) {
    const match = /^(root|contacts|orders)=(\d{1,2})$/.exec(pair)
    if (match === null) throw new UsageError(`--threshold: "${pair}" is not like root=2, contacts=2 or orders=2`)
    result[match[1] as keyof Thresholds] = Number(match[2])
  }
  return result
}

const compareWords = async ({ secrets }: Context, { name, words }: KeyOffer) => {
  if (!(await secrets.confirm(`${name} offers keys. Do they see "${words.join(' ')}"?`)))
    throw new LanyardError('cancelled', 'Nothing was signed')
}

const rotate = async (context: Context, engine: EngineClient, options: RotateOptions): Promise<Outcome> => {
  const now = await engine.call('administrators.get', {})
  const add = (options.add ?? []).map(each => findByIdOrName(now.offers, each, 'bad-input'))
  const remove = (options.remove ?? []).map(each => findById(now.keys, each, 'bad-input'))
  for (const offer of add) await compareWords(context, offer)
  const signed = await engine.call('administrators.change', {
    words: await context.secrets.recoveryWords(),
    add: add.map(({ id }) => id),
    remove: remove.map(({ id }) => id),
    thresholds: withThresholds(now, options.threshold ?? []),
  })
  const outcome = await tellSigned(engine, signed, options, { kind: 'root' })
  if (signed.outcome !== 'in-force') return outcome
  const { needsRenewal } = await engine.call('changes.get', {})
  if (!needsRenewal) return outcome
  return {
    ...outcome,
    json: { ...(outcome.json as object), needsRenewal },
    note: `${outcome.note ?? ''}\nIts signers have changed, so the list has to be signed anew: "lanyard sign" does it.`,
  }
}

export const addRootCommands = (program: Command, act: Act): void => {
  program
    .command('root')
    .description('the document that says who may sign')
    .command('rotate')
    .description('add, remove and replace keys, set how many signatures are needed, or renew the root as it is')
    .option('--add <offer>', 'take up an offer, by id or exact name; more than once', collect)
    .option('--remove <key>', 'a key, by its first digits; more than once', collect)
    .option('--threshold <role=number>', 'root, contacts or orders; more than once', collect)
    .option('--out <file>', 'write the bundle, or the proposal while it lacks signatures, to a file')
    .addHelpText(
      'after',
      `
Asks for the words of your recovery sheet: from the keyboard, or with --words-file FILE, - or fd:3.
After the theft of a key: remove it, sign the list anew, and hand the bundle to everybody.

Examples:
  lanyard root rotate --add "Bob Brown" --add carol@hafen.example --threshold contacts=2
  lanyard root rotate --remove 3f5a0c9e --words-file fd:3 --yes 3< words.txt`,
    )
    .action(act((context, options: RotateOptions) => context.withEngine(engine => rotate(context, engine, options))))
}
