import { createHash, randomBytes } from 'node:crypto'

/** Milliseconds: the address with the token stands in the process list and on the terminal, so it must go stale. */
export const TOKEN_LIFETIME = 5 * 60_000

/** Sessions at once; the oldest goes first. Somebody who opens more windows than this has lost the first ones. */
const MAX_SESSIONS = 32
/** Tokens waiting to be used. */
const MAX_TOKENS = 32

const SECRET_BYTES = 32

export interface Sessions {
  /** A token for one address, good once and for `TOKEN_LIFETIME`. */
  issueToken(): string
  /** The session for a token, or undefined for one that is unknown, used or expired. */
  exchange(token: string): string | undefined
  isKnown(session: string): boolean
}

/** Only hashes are kept and looked up, so that comparing takes no time that depends on the secret. */
const digest = (secret: string) => createHash('sha256').update(secret).digest('hex')
const newSecret = () => randomBytes(SECRET_BYTES).toString('base64url')

export const createSessions = (now: () => number): Sessions => {
  const tokens = new Map<string, { expiresAt: number }>()
  const sessions = new Set<string>()

  const dropOldest = (
    kept: { size: number; keys(): Iterator<string>; delete(key: string): boolean },
    limit: number,
  ) => {
    while (kept.size > limit) {
      const oldest = kept.keys().next()
      if (oldest.done === true) return
      kept.delete(oldest.value)
    }
  }

  return {
    issueToken() {
      const token = newSecret()
      tokens.set(digest(token), { expiresAt: now() + TOKEN_LIFETIME })
      dropOldest(tokens, MAX_TOKENS)
      return token
    },
    exchange(token) {
      const key = digest(token)
      const found = tokens.get(key)
      tokens.delete(key)
      if (found === undefined || now() >= found.expiresAt) return undefined
      const session = newSecret()
      sessions.add(digest(session))
      dropOldest(sessions, MAX_SESSIONS)
      return session
    },
    isKnown: session => sessions.has(digest(session)),
  }
}
