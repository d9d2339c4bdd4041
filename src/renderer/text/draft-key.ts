/**
 * The same for two states of a form that hold the same: sets by what is in them, in any order; pictures by their length,
 * as a form begins with none of its own.
 */
export const draftKey = (draft: unknown): string =>
  JSON.stringify(draft, (_field, value: unknown) => {
    if (value instanceof Set) return [...value].sort()
    if (value instanceof Uint8Array) return value.length
    return value === undefined ? 'none' : value
  })
