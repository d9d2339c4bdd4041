import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LanyardError } from '../shared/errors.ts'
import { fileStem } from '../shared/file-name.ts'
import { UsageError } from './usage-error.ts'

const STANDARD_INPUT = 0

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** `-` is standard input, `fd:3` an open file descriptor, anything else the path of a file. */
export const readBytes = (source: string, maxBytes: number): Uint8Array<ArrayBuffer> => {
  const descriptor = /^fd:(\d{1,4})$/.exec(source)?.[1]
  const place = source === '-' ? STANDARD_INPUT : descriptor === undefined ? source : Number(descriptor)
  try {
    if (typeof place === 'string' && statSync(place).size > maxBytes)
      throw new LanyardError('document-too-large', `${source} has more than ${maxBytes} bytes`)
    return new Uint8Array(readFileSync(place))
  } catch (error) {
    if (error instanceof LanyardError) throw error
    throw new UsageError(`${source} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

/** Never over a file that is there; `isSecret`: readable by this user alone. */
export const writeNewFile = (path: string, bytes: Uint8Array, { isSecret = false } = {}): void => {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes, { flag: 'wx', mode: isSecret ? 0o600 : 0o644 })
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${messageOf(error)}`, { cause: error })
  }
}

/** A new file in a folder, called after a person as far as file systems allow; a namesake's has a number. */
export const writeNamedFile = (folder: string, name: string, ending: string, bytes: Uint8Array): string => {
  const base = fileStem(name)
  for (let number = 1; ; number++) {
    const path = join(folder, `${base}${number === 1 ? '' : ` ${number}`}${ending}`)
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) continue
    writeNewFile(path, bytes, { isSecret: true })
    return path
  }
}
