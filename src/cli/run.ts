import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { CommanderError } from 'commander'
import { profileFolder } from '../shared/profile-folder.ts'
import type { Act, Context } from './context.ts'
import { type StartEngine, startEngineHere } from './engine-here.ts'
import { createWithEngine } from './engine-session.ts'
import { type ExitName, exitCodes } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import { visible } from './print/visible.ts'
import { createProgram } from './program.ts'
import { createSecrets, type SecretSources } from './secrets.ts'
import { answerOf, complaintOf, type TellOptions } from './tell.ts'

interface Globals extends SecretSources, TellOptions {
  readonly profile?: string
  readonly discovery: 'lan' | 'loopback' | 'off'
  readonly discoveryPort?: number
}

export interface Surroundings {
  /** Without the program's own name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly write: (target: 'out' | 'error', text: string | Uint8Array) => void
  /** For questions: the terminal, never standard output. */
  readonly questions: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly signal: AbortSignal
  readonly now: () => number
  /** In this process unless given. */
  readonly startEngine?: StartEngine
}

/** Runs one command to its end, and says how it ended. Throws nothing. */
export const runCli = async (surroundings: Surroundings): Promise<number> => {
  const { args, env, platform, input, questions, signal, now, startEngine = startEngineHere } = surroundings
  let outcome: Outcome | undefined

  /** Names, files and messages of others never get a terminal to do something; bytes are a file that was asked for. */
  const write: Surroundings['write'] = (target, text) =>
    surroundings.write(target, typeof text === 'string' ? visible(text) : text)

  const contextOf = (globals: Globals): Context => {
    const isInteractive = input.isTTY === true && questions.isTTY === true
    const secrets = createSecrets({ sources: globals, isInteractive, input, output: questions })
    const { discovery, discoveryPort } = globals
    return {
      secrets,
      withEngine: createWithEngine({
        folder: resolve(globals.profile ?? profileFolder({ platform, env, home: homedir() })),
        network: { discovery, ...(discoveryPort === undefined ? {} : { discoveryPort }) },
        secrets,
        startEngine,
      }),
      now,
      progress: line => {
        if (globals.quiet !== true && globals.json !== true) write('error', `${line}\n`)
      },
      signal,
    }
  }
  const act: Act =
    work =>
    async (...given) => {
      outcome = await work(contextOf(program.opts<Globals>()), ...given)
    }
  const program = createProgram(act)
  // Asked before anything is parsed: errors in the command line are told as JSON as well.
  const isJson = args.includes('--json')
  for (const command of [program, ...program.commands.flatMap(each => [each, ...each.commands])])
    command.exitOverride().configureOutput({
      writeOut: text => write('out', text),
      writeErr: text => {
        if (!isJson) write('error', text)
      },
    })

  const end = (exit: ExitName) => exitCodes[exit]
  try {
    await program.parseAsync([...args], { from: 'user' })
    if (outcome === undefined) return end('ok')
    const { json, quiet }: TellOptions = program.opts<Globals>()
    write('out', answerOf(outcome, { json: json === true, quiet: quiet === true }))
    return end(outcome.exit ?? 'ok')
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return end('ok') // help or version
      if (isJson) write('error', complaintOf(error, { json: true }).text)
      return end('usage')
    }
    const { text, exit } = complaintOf(error, { json: isJson })
    write('error', text)
    return end(exit)
  }
}
