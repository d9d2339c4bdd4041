export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Runs pieces of asynchronous work one after the other, in the order in which they came; a failure stops nobody else. */
export const createInTurn = (): InTurn => {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const result = last.then(work)
    last = result.catch(() => undefined) // told to whoever asked for it
    return result
  }
}
