/** In this order: what happened, what is safe, what to do. Each is a sentence; `next` may be empty. */
export interface ErrorWords {
  readonly what: string
  readonly safe: string
  readonly next: string
}

export const say = (what: string, safe: string, next: string): ErrorWords => ({ what, safe, next })
