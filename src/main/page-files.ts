import { join, normalize, sep } from 'node:path'
import { isOwnPage } from './address.ts'

/** The file that an address of the page means, or undefined where it means none inside `folder`. */
export const fileOf = (address: string, folder: string): string | undefined => {
  if (!isOwnPage(address)) return undefined
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return undefined // not an address at all
  }
  const file = normalize(join(folder, path))
  return file.startsWith(folder + sep) && !path.includes('\0') ? file : undefined
}
