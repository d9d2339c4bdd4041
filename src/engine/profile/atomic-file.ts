import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A folder cannot be flushed on Windows; there the rename itself is journaled. */
const flushFolder = (folder: string) => {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a file as a whole: after a crash at any moment there is the old content or the new, on the disk. */
export const writeFileAtomically = (path: string, content: string): void => {
  const temporary = `${path}.new`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    writeSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, path)
  flushFolder(dirname(path))
}
