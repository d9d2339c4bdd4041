import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'

/**
 * While a shell runs it leaves a note in the profile folder, readable to this user only. A second start on the same
 * profile finds it and asks the first one to show its window.
 */
export const REOPEN_PATH = '/reopen'

const note = z.strictObject({
  port: z.int().check(z.minimum(1), z.maximum(65_535)),
  secret: z.string().check(z.maxLength(100)),
})
const reopened = z.strictObject({ address: z.nullable(z.string().check(z.maxLength(200))) })

/** Milliseconds: the first shell answers at once or is gone. */
const ASK_TIMEOUT = 3_000

const noteFile = (folder: string) => join(folder, 'running.json')

export const newSecret = (): string => randomBytes(32).toString('base64url')

export const isSecret = (expected: string, given: string | undefined): boolean => {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(expected), hash(given ?? ''))
}

export const leaveNote = async (folder: string, port: number, secret: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(noteFile(folder), JSON.stringify({ port, secret }), { mode: 0o600 })
}

export const removeNote = (folder: string): Promise<void> => rm(noteFile(folder), { force: true })

/** The first shell's answer, or undefined where none runs (no note, or one left behind by a crash). */
export const askRunningShell = async (folder: string): Promise<{ address: string | null } | undefined> => {
  try {
    const { port, secret } = note.parse(JSON.parse(await readFile(noteFile(folder), 'utf8')))
    const answer = await fetch(`http://127.0.0.1:${port}${REOPEN_PATH}`, {
      method: 'POST',
      headers: { authorization: secret },
      signal: AbortSignal.timeout(ASK_TIMEOUT),
    })
    return answer.ok ? reopened.parse(await answer.json()) : undefined
  } catch {
    return undefined // nobody there: this start is the first one
  }
}
