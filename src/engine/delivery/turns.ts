import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import type { Store, Transaction } from '../storage/store.ts'
import type { OpenTurn, Turn } from './turn.ts'

/** Steps in one transaction: enough to make a commit cheap, few enough that the event loop breathes. */
const MAX_STEPS = 256

/**
 * One thing to do inside a turn. It may run again in another turn when the first was rolled back, so it changes
 * nothing but the turn. An expected failure is thrown before the first change.
 */
export type Step<T> = (turn: Turn) => T

export interface TurnsInit {
  store: Pick<Store, 'write'>
  open(tx: Transaction): OpenTurn
  /** The last work inside the transaction. */
  finish(turn: OpenTurn): void
  /** The commit is on the disk. */
  committed(turn: OpenTurn): void
}

/** Conditions of the disk and the file: they fail everything alike. */
const storageCodes: ReadonlySet<ErrorCode> = new Set([
  'disk-full',
  'storage-failed',
  'profile-corrupt',
  'profile-locked',
  'profile-in-use',
])

const isStorageFailure = (error: unknown) => isLanyardError(error) && storageCodes.has(error.code)

interface Waiting {
  step: Step<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

type Outcome = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown }

export interface Turns {
  /** Resolves with what the step returned, once that is durable. */
  run<T>(step: Step<T>): Promise<T>
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>
}

/**
 * Runs steps one turn after the other. Everything that is asked for until the store comes to the turn is part of it:
 * under load one commit carries hundreds of steps, and alone a step waits for nobody.
 */
export const createTurns = ({ store, open, finish, committed }: TurnsInit): Turns => {
  const waiting: Waiting[] = []
  let running: Promise<void> | undefined

  const runStep = (turn: Turn, { step }: Waiting): Outcome => {
    const before = turn.changes()
    try {
      return { kind: 'done', value: step(turn) }
    } catch (error) {
      if (isLanyardError(error) && turn.changes() === before) return { kind: 'failed', error }
      throw error
    }
  }

  const settle = (steps: readonly Waiting[], outcomes: readonly Outcome[]) => {
    steps.forEach((step, at) => {
      const outcome = outcomes[at]
      if (outcome?.kind === 'done') step.resolve(outcome.value)
      else step.reject(outcome?.error)
    })
  }

  const runTurn = async (take: () => readonly Waiting[]): Promise<void> => {
    let steps: readonly Waiting[] = []
    try {
      const { turn, outcomes } = await store.write(tx => {
        steps = take()
        const turn = open(tx)
        const outcomes = steps.map(step => runStep(turn, step))
        finish(turn)
        return { turn, outcomes }
      })
      turn.remember()
      committed(turn)
      settle(steps, outcomes)
    } catch (error) {
      if (steps.length === 0) steps = take() // the transaction did not even begin
      // The disk failed all of them; anything else is the fault of one, which must not take the others with it.
      if (isStorageFailure(error) || steps.length <= 1) for (const step of steps) step.reject(error)
      else for (const step of steps) await runTurn(() => [step])
    }
  }

  const runAll = async () => {
    while (waiting.length > 0) await runTurn(() => waiting.splice(0, MAX_STEPS))
    running = undefined
  }

  return {
    run: <T>(step: Step<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ step, resolve: value => resolve(value as T), reject })
        running ??= runAll()
      }),
    idle: () => running ?? Promise.resolve(),
  }
}
