import type { Person } from '../shared/contract/entities.ts'
import { type ErrorCode, LanyardError } from '../shared/errors.ts'

/** Digits of an id that are enough to name something, where nothing else begins with them. */
const SHORTEST_PREFIX = 6

const only = <T>(found: readonly T[], what: string, code: ErrorCode): T | undefined => {
  if (found.length > 1) throw new LanyardError(code, `Several match "${what}": give the id`)
  return found[0]
}

const isPrefix = (text: string) => text.length >= SHORTEST_PREFIX && /^[0-9a-f]+$/.test(text)

/** By whole id or the beginning of one. */
export const findById = <T extends { id: string }>(rows: readonly T[], text: string, code: ErrorCode): T => {
  const found = isPrefix(text)
    ? only(
        rows.filter(({ id }) => id.startsWith(text)),
        text,
        code,
      )
    : undefined
  if (found === undefined) throw new LanyardError(code, `Nothing here has the id "${text}"`)
  return found
}

/** By id, or by the exact name. */
export const findByIdOrName = <T extends { id: string; name: string }>(
  rows: readonly T[],
  text: string,
  code: ErrorCode,
): T => {
  const named = only(
    rows.filter(({ name }) => name === text),
    text,
    code,
  )
  return named ?? findById(rows, text, code)
}

/** By id, e-mail or exact name. */
export const findPerson = (people: readonly Person[], text: string): Person => {
  const byEmail = people.filter(({ email }) => email !== '' && email.toLowerCase() === text.toLowerCase())
  return only(byEmail, text, 'person-unknown') ?? findByIdOrName(people, text, 'person-unknown')
}
