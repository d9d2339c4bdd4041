export interface Emitter<Events> {
  /** Returns the function that ends the subscription. */
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void
  emit<K extends keyof Events>(name: K, event: Events[K]): void
}

/**
 * A typed emitter whose listeners cannot disturb the network: what a listener throws is a bug of its owner and is thrown
 * again outside (so it crashes loudly), not into the stream or socket that happened to cause the event.
 */
export const createEmitter = <Events>(): Emitter<Events> => {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>()
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
    emit(name, event) {
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          ;(listener as (event: unknown) => void)(event)
        } catch (bug) {
          queueMicrotask(() => {
            throw bug
          })
        }
      }
    },
  }
}
