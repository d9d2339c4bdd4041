export interface Surroundings {
  platform: string
  env: Readonly<Record<string, string | undefined>>
  /** The person's home folder. */
  home: string
}

/**
 * Where a profile is unless `LANYARD_PROFILE` says otherwise: the same folder for every shell, so that somebody who
 * began in the browser shell finds everything again in the desktop app.
 */
export const profileFolder = ({ platform, env, home }: Surroundings): string => {
  const set = (name: string) => (env[name] === '' ? undefined : env[name])
  const named = set('LANYARD_PROFILE')
  if (named !== undefined) return named
  switch (platform) {
    case 'win32':
      return `${set('APPDATA') ?? `${home}\\AppData\\Roaming`}\\Lanyard`
    case 'darwin':
      return `${home}/Library/Application Support/Lanyard`
    default:
      return `${set('XDG_DATA_HOME') ?? `${home}/.local/share`}/lanyard`
  }
}
