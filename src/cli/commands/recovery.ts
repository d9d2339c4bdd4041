import type { Command } from 'commander'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { Act, Context } from '../context.ts'
import { writeNewFile } from '../files.ts'
import type { Outcome } from '../outcome.ts'

/** Four lines of six, each with the number of its first word. */
const sheet = (words: readonly string[]): string =>
  Array.from({ length: words.length / 6 }, (_, line) => {
    const first = 6 * line
    return `${String(first + 1).padStart(4)}  ${words.slice(first, first + 6).join(' ')}`
  }).join('\n')

const written = (words: readonly string[]) => new TextEncoder().encode(`${words.join(' ')}\n`)

/**
 * Hands the recovery words over: into a file that only this user can read, else onto the screen, where a person says
 * that they are written down. From then on nobody but the sheet has the root key. Returns whether it got that far.
 */
export const handOverWords = async (
  { secrets, progress }: Context,
  engine: EngineClient,
  file: string | undefined,
): Promise<boolean> => {
  const { words } = await engine.call('recovery.words', {})
  if (file !== undefined) writeNewFile(file, written(words), { isSecret: true })
  else
    progress(`The recovery sheet: 24 words that sign for the organisation when all else is lost.\n\n${sheet(words)}\n`)
  const isStored = file !== undefined || (await secrets.confirm('Are they written down, and kept in a safe place?'))
  if (isStored) await engine.call('recovery.confirm', {})
  return isStored
}

export const addRecoveryCommand = (program: Command, act: Act): void => {
  program
    .command('recovery')
    .description('the words of your recovery sheet, as long as this profile still holds them')
    .option('--out <file>', 'write them to a file instead of the screen')
    .action(
      act((context, { out }: { out?: string }) =>
        context.withEngine(async (engine): Promise<Outcome> => {
          const isStored = await handOverWords(context, engine, out)
          const json = { file: out ?? null, confirmed: isStored }
          return isStored
            ? { json, note: 'From now on the sheet alone has the root key.' }
            : { json, note: 'The profile keeps the root key until "lanyard recovery" is confirmed.', exit: 'waiting' }
        }),
      ),
    )
}
