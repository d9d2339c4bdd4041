import { LanyardError } from '../errors.ts'
import { CALL_TIMEOUT, MAX_PENDING_CALLS } from '../limits.ts'
import type { CallInput, CallName, CallOutput, Contract, EventName, EventPayload } from './contract.ts'
import { type ClientFrame, serverFrame } from './frames.ts'
import type { Port } from './port.ts'

export interface CallOptions {
  signal?: AbortSignal
  /** Milliseconds; the contract's own value unless given. */
  timeoutMs?: number
}

export interface RpcClient<C extends Contract> {
  /** Rejects with a `LanyardError`: the server's own, or `timeout`, `cancelled`, `port-closed`, `contract-mismatch`. */
  call<K extends CallName<C>>(name: K, input: CallInput<C, K>, options?: CallOptions): Promise<CallOutput<C, K>>
  /** Returns the function that ends the subscription. */
  on<K extends EventName<C>>(name: K, listener: (payload: EventPayload<C, K>) => void): () => void
  onClose(listener: (reason: LanyardError) => void): void
  close(): void
}

interface Pending {
  name: string
  settle(error: LanyardError | undefined, output?: unknown): void
}

export const createRpcClient = <C extends Contract>(contract: C, port: Port): RpcClient<C> => {
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const closeListeners: Array<(reason: LanyardError) => void> = []
  const unsent: ClientFrame[] = []
  let greeted = false
  let closedBy: LanyardError | undefined
  let lastId = 0

  const post = (frame: ClientFrame) => {
    if (greeted) port.post(frame)
    else unsent.push(frame)
  }

  const end = (reason: LanyardError) => {
    if (closedBy !== undefined) return
    closedBy = reason
    for (const call of [...pending.values()]) call.settle(reason)
    for (const told of closeListeners.splice(0)) told(reason)
    port.close()
  }

  const greet = (name: string, version: number) => {
    if (name !== contract.name || version !== contract.version) {
      end(
        new LanyardError(
          'contract-mismatch',
          `Expected ${contract.name} ${contract.version}, found ${name} ${version}`,
        ),
      )
      return
    }
    greeted = true
    for (const frame of unsent.splice(0)) port.post(frame)
  }

  const answer = (id: number, error: LanyardError | undefined, output?: unknown) => {
    const call = pending.get(id)
    if (call === undefined) return // it timed out or was cancelled meanwhile
    if (error !== undefined) {
      call.settle(error)
      return
    }
    const parsed = contract.calls[call.name]?.output.safeParse(output)
    if (parsed?.success) call.settle(undefined, parsed.data)
    else
      call.settle(
        new LanyardError('internal', `${call.name} answered something else than the contract says`, {
          cause: parsed?.error,
        }),
      )
  }

  const announce = (name: string, payload: unknown) => {
    const parsed = Object.hasOwn(contract.events, name) ? contract.events[name]?.safeParse(payload) : undefined
    if (parsed?.success !== true) {
      end(new LanyardError('contract-mismatch', `Event ${name} is not as the contract says`, { cause: parsed?.error }))
      return
    }
    for (const listener of [...(listeners.get(name) ?? [])]) listener(parsed.data as never)
  }

  port.onFrame(raw => {
    const parsed = serverFrame.safeParse(raw)
    if (!parsed.success || (!greeted && parsed.data.t !== 'hello')) {
      end(new LanyardError('contract-mismatch', 'The other side sent a frame that cannot be read'))
      return
    }
    const frame = parsed.data
    switch (frame.t) {
      case 'hello':
        return greet(frame.contract, frame.version)
      case 'ok':
        return answer(frame.id, undefined, frame.output)
      case 'error':
        return answer(
          frame.id,
          new LanyardError(frame.error.code, frame.error.message, { retryable: frame.error.retryable }),
        )
      case 'event':
        return announce(frame.name, frame.payload)
    }
  })
  port.onClose(() =>
    end(new LanyardError('port-closed', 'The connection to the other side has closed', { retryable: true })),
  )
  port.post({ t: 'hello', contract: contract.name, version: contract.version } satisfies ClientFrame)

  return {
    call(name, input, { signal, timeoutMs } = {}) {
      return new Promise((resolve, reject) => {
        if (closedBy !== undefined) return reject(closedBy)
        if (signal?.aborted)
          return reject(new LanyardError('cancelled', `${name} was cancelled`, { cause: signal.reason }))
        if (pending.size >= MAX_PENDING_CALLS) {
          return reject(new LanyardError('timeout', 'Too many calls are waiting for an answer', { retryable: true }))
        }
        const id = ++lastId
        const giveUp = (error: LanyardError) => {
          post({ t: 'cancel', id })
          pending.get(id)?.settle(error)
        }
        const onAbort = () => giveUp(new LanyardError('cancelled', `${name} was cancelled`, { cause: signal?.reason }))
        const limit = timeoutMs ?? contract.calls[name]?.timeoutMs ?? CALL_TIMEOUT
        const timer = setTimeout(() => {
          giveUp(new LanyardError('timeout', `${name} got no answer within ${limit} ms`, { retryable: true }))
        }, limit)
        signal?.addEventListener('abort', onAbort, { once: true })
        pending.set(id, {
          name,
          settle(error, output) {
            pending.delete(id)
            clearTimeout(timer)
            signal?.removeEventListener('abort', onAbort)
            if (error === undefined) resolve(output as never)
            else reject(error)
          },
        })
        post({ t: 'call', id, name, input })
      })
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
    onClose(listener) {
      if (closedBy !== undefined) listener(closedBy)
      else closeListeners.push(listener)
    },
    close() {
      end(new LanyardError('port-closed', 'This side closed the connection'))
    },
  }
}
