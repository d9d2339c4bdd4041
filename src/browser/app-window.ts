import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES_ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]

const fixedPlaces = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] => {
  if (platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  }
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(root => root !== undefined)
    return roots.flatMap(root => [
      join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return NAMES_ON_PATH.flatMap(name => folders.map(folder => join(folder, name)))
}

/** The system's Chromium, Chrome or Edge; `LANYARD_BROWSER` names another one. */
export const findBrowser = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | undefined =>
  [env.LANYARD_BROWSER, ...fixedPlaces(platform, env)].find(path => path !== undefined && existsSync(path))

/** Why no window can be shown here, in words for the terminal; undefined where one can. */
export const windowImpossible = (
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  userId: number | undefined,
): string | undefined => {
  if (platform === 'linux' && env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined) {
    return 'This machine has no display.'
  }
  if (platform === 'linux' && userId === 0) return 'Browsers do not protect themselves when root starts them.'
  if (findBrowser(platform, env) === undefined) return 'No Chromium, Chrome or Edge was found.'
  return undefined
}

/** Nothing of the person's own browser: a profile of its own, no extensions, no start page, no background traffic. */
const windowArgs = (address: string, browserProfile: string): string[] => [
  `--app=${address}`,
  `--user-data-dir=${browserProfile}`,
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-translate',
  '--metrics-recording-only',
  '--no-pings',
  '--no-service-autorun',
  '--window-size=1280,800',
]

/** Opens the page in app mode: a window without tabs or address bar. The process ends when its last window closes. */
export const openAppWindow = (browser: string, address: string, browserProfile: string): ChildProcess =>
  spawn(browser, windowArgs(address, browserProfile), { stdio: 'ignore' })
