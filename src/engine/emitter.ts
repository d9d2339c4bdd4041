/** One kind of event with many listeners. */
export interface Emitter<Event> {
  /** Returns the function that ends the subscription. */
  on(listener: (event: Event) => void): () => void
  emit(event: Event): void
}

export const createEmitter = <Event = void>(): Emitter<Event> => {
  const listeners = new Set<(event: Event) => void>()
  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event)
    },
  }
}
