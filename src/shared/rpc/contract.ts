import type * as z from 'zod/mini'

export interface CallSpec {
  readonly input: z.ZodMiniType
  readonly output: z.ZodMiniType
  /** Milliseconds until the caller gives up; `CALL_TIMEOUT` unless stated. */
  readonly timeoutMs?: number
}

/** A table of calls and events. Types are inferred from the schemas, never written twice. */
export interface Contract {
  readonly name: string
  /** Raised with every change that an older other side would misread. */
  readonly version: number
  readonly calls: Readonly<Record<string, CallSpec>>
  readonly events: Readonly<Record<string, z.ZodMiniType>>
}

export type CallName<C extends Contract> = keyof C['calls'] & string
export type EventName<C extends Contract> = keyof C['events'] & string
export type CallInput<C extends Contract, K extends CallName<C>> = z.infer<C['calls'][K]['input']>
export type CallOutput<C extends Contract, K extends CallName<C>> = z.infer<C['calls'][K]['output']>
export type EventPayload<C extends Contract, K extends EventName<C>> = z.infer<C['events'][K]>

export const defineContract = <const C extends Contract>(contract: C): C => contract
