import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { profileFolder } from '../shared/profile-folder.ts'

export interface Options {
  /** The profile's folder, absolute. */
  profile: string
  port: number | undefined
  /** False: print the address only. */
  open: boolean
  /** Development only: no keychain and no passphrase; the UI says so. */
  unprotected: boolean
  discovery: 'lan' | 'loopback' | 'off'
  discoveryPort: number | undefined
}

export class OptionError extends Error {
  override readonly name = 'OptionError'
}

const portNumber = (name: string, text: string | undefined, lowest: number): number | undefined => {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && (port === 0 || port >= 1_024) && port >= lowest && port <= 65_535) return port
  throw new OptionError(`--${name} takes a port number, not "${text}".`)
}

const isDiscovery = (text: string): text is Options['discovery'] =>
  text === 'lan' || text === 'loopback' || text === 'off'

/** Reads the command line. Throws an `OptionError` with a sentence for the person. */
export const readOptions = (args: string[], platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Options => {
  const parse = () => {
    try {
      return parseArgs({
        args,
        options: {
          profile: { type: 'string' },
          port: { type: 'string' },
          'no-open': { type: 'boolean', default: false },
          unprotected: { type: 'boolean', default: false },
          discovery: { type: 'string', default: 'lan' },
          'discovery-port': { type: 'string' },
        },
      }).values
    } catch (cause) {
      throw new OptionError(cause instanceof Error ? cause.message : String(cause), { cause })
    }
  }
  const values = parse()
  const { discovery } = values
  if (!isDiscovery(discovery)) throw new OptionError(`--discovery is lan, loopback or off, not "${discovery}".`)
  return {
    profile: resolve(values.profile ?? profileFolder({ platform, env, home: homedir() })),
    port: portNumber('port', values.port, 0),
    open: !values['no-open'],
    unprotected: values.unprotected,
    discovery,
    discoveryPort: portNumber('discovery-port', values['discovery-port'], 1_024),
  }
}
