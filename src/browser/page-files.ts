import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { CONTENT_TYPES } from '../shared/content-security-policy.ts'

export interface PageFile {
  type: string
  bytes: Buffer
}

/**
 * The built page, read into memory once: a request can only name one of these, so no path from outside ever reaches
 * the file system. Keys are paths as in an address, `/index.html` also as `/`.
 */
export const readPageFiles = async (folder: string): Promise<ReadonlyMap<string, PageFile>> => {
  const files = new Map<string, PageFile>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = CONTENT_TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, bytes: await readFile(path) })
  }
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`There is no page in ${folder}; run npm run build`)
  return files.set('/', index)
}
