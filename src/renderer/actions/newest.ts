export interface Newest {
  /** The answer, and whether nothing else was asked meanwhile. */
  ask<T>(question: Promise<T>): Promise<{ readonly answer: T; readonly isNewest: boolean }>
  /** No question that is under way is the newest any more. */
  forget(): void
}

/** Of several questions the newest decides, whichever is answered last. */
export const createNewest = (): Newest => {
  let newest = 0
  return {
    async ask(question) {
      const asked = ++newest
      const answer = await question
      return { answer, isNewest: asked === newest }
    },
    forget() {
      newest++
    },
  }
}
