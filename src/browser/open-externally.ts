import { spawn } from 'node:child_process'
import { LanyardError } from '../shared/errors.ts'

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
}

/** Hands a link to the system's own program for it. No shell is involved, so nothing in the link is interpreted. */
export const openExternally = (link: string, platform: NodeJS.Platform): Promise<void> => {
  const opener = OPENERS[platform]
  if (opener === undefined) throw new LanyardError('not-supported', 'This system has no way to open links')
  const [command, ...args] = opener
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, new URL(link).href], { stdio: 'ignore', detached: true })
    child.once('error', cause => reject(new LanyardError('not-supported', `${command} cannot be started`, { cause })))
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
