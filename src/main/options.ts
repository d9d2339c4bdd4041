import { homedir } from 'node:os'
import { profileFolder } from '../shared/profile-folder.ts'

export interface Options {
  profile: string
  discovery: 'lan' | 'loopback' | 'off'
  discoveryPort: number | null
  unprotected: boolean
  engineNode: string | undefined
  logLevel: string | undefined
}

/**
 * What the surroundings ask for. An installed Lanyard takes only the profile's folder and the log level from them: the
 * rest weakens something and is for development.
 */
export const readOptions = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isPackaged: boolean): Options => {
  const profile = profileFolder({ platform, env, home: homedir() })
  const logLevel = env.LANYARD_LOG
  if (isPackaged) {
    return { profile, logLevel, discovery: 'lan', discoveryPort: null, unprotected: false, engineNode: undefined }
  }
  const { LANYARD_DISCOVERY: discovery, LANYARD_DISCOVERY_PORT: port } = env
  return {
    profile,
    logLevel,
    discovery: discovery === 'loopback' || discovery === 'off' ? discovery : 'lan',
    discoveryPort: port === undefined ? null : Number(port),
    unprotected: env.LANYARD_UNPROTECTED === '1',
    engineNode: env.LANYARD_ENGINE_NODE,
  }
}
