import { isLanyardError, LanyardError } from '../errors.ts'
import { MAX_PENDING_CALLS } from '../limits.ts'
import type { CallInput, CallName, CallOutput, Contract, EventName, EventPayload } from './contract.ts'
import { clientFrame, type ServerFrame } from './frames.ts'
import type { Port } from './port.ts'

export type Handlers<C extends Contract> = {
  readonly [K in CallName<C>]: (
    input: CallInput<C, K>,
    context: { signal: AbortSignal },
  ) => CallOutput<C, K> | Promise<CallOutput<C, K>>
}

export interface RpcServer<C extends Contract> {
  emit<K extends EventName<C>>(name: K, payload: EventPayload<C, K>): void
  onClose(listener: () => void): void
  close(): void
}

export interface RpcServerOptions {
  /** Told of failures that are bugs, before they travel as a bare `internal`. */
  onBug(error: unknown, call: string): void
}

/** Serves one client. Every input is parsed; unknown calls, extra fields and malformed frames are refused. */
export const serveRpc = <C extends Contract>(
  contract: C,
  port: Port,
  handlers: Handlers<C>,
  { onBug }: RpcServerOptions,
): RpcServer<C> => {
  const running = new Map<number, AbortController>()
  const closeListeners: Array<() => void> = []
  let greeted = false
  let closed = false

  const post = (frame: ServerFrame) => {
    if (!closed) port.post(frame)
  }

  const fail = (id: number, { code, message, retryable }: LanyardError) =>
    post({ t: 'error', id, error: { code, message: message.slice(0, 2_000), retryable } })

  const run = async (id: number, name: string, input: unknown, signal: AbortSignal): Promise<unknown> => {
    const spec = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined
    if (spec === undefined) throw new LanyardError('unknown-call', `There is no call ${name}`)
    const parsed = spec.input.safeParse(input)
    if (!parsed.success) throw new LanyardError('bad-input', `The input of ${name} is not as the contract says`)
    const handler = handlers[name as CallName<C>] as (input: unknown, context: { signal: AbortSignal }) => unknown
    const output = await handler(parsed.data, { signal })
    const checked = spec.output.safeParse(output)
    if (!checked.success)
      throw new Error(`${name} (call ${id}) answers something else than the contract says`, { cause: checked.error })
    return checked.data
  }

  const start = (id: number, name: string, input: unknown) => {
    if (running.has(id)) return fail(id, new LanyardError('bad-input', 'This call id is in use'))
    if (running.size >= MAX_PENDING_CALLS)
      return fail(id, new LanyardError('timeout', 'Too many calls at once', { retryable: true }))
    const controller = new AbortController()
    running.set(id, controller)
    run(id, name, input, controller.signal)
      .then(
        output => post({ t: 'ok', id, output }),
        (error: unknown) => {
          if (isLanyardError(error)) return fail(id, error)
          onBug(error, name)
          fail(id, new LanyardError('internal', 'Something went wrong inside Lanyard'))
        },
      )
      .finally(() => running.delete(id))
  }

  const shut = () => {
    if (closed) return
    closed = true
    for (const controller of running.values()) controller.abort()
    for (const told of closeListeners.splice(0)) told()
    port.close()
  }

  port.onFrame(raw => {
    const parsed = clientFrame.safeParse(raw)
    if (!parsed.success || greeted === (parsed.data.t === 'hello')) return shut()
    const frame = parsed.data
    switch (frame.t) {
      case 'hello':
        greeted = true
        if (frame.contract !== contract.name || frame.version !== contract.version) shut()
        return
      case 'call':
        return start(frame.id, frame.name, frame.input)
      case 'cancel':
        running.get(frame.id)?.abort()
        return
    }
  })
  port.onClose(shut)
  port.post({ t: 'hello', contract: contract.name, version: contract.version } satisfies ServerFrame)

  return {
    emit(name, payload) {
      post({ t: 'event', name, payload })
    },
    onClose(listener) {
      if (closed) listener()
      else closeListeners.push(listener)
    },
    close: shut,
  }
}
