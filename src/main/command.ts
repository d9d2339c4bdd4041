import * as disk from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import type { StartEngine } from '../cli/engine-here.ts'
import type { Invocation } from '../cli/invocation.ts'
import { openLogFile } from '../shared/log-file.ts'
import { APP_FOLDER, createKeychain, isInKeychain, openKeychainFile } from './keychain.ts'
import type { Options } from './options.ts'
import type { Places } from './places.ts'
import { createStartEngine } from './start-engine.ts'

/** Chromium tells what fails for want of a desktop session, on the same standard error as the command: fatal errors only. */
const FATAL_ONLY = '3'

/**
 * Chromium wants a folder of its own, and may keep there what opens the keychain's values (on Windows it does). So a
 * profile in the keychain is opened with the app's folder, and everything else with one that goes with the command.
 */
const dataFolder = (profile: string): { path: string; remove(): Promise<void> } => {
  const keep = () => Promise.resolve()
  if (isInKeychain(profile)) return { path: join(profile, APP_FOLDER), remove: keep }
  const prefix = join(tmpdir(), 'lanyard-command')
  // Nobody can remove there what Chromium still has open, and the folder for temporary files is the user's own.
  if (process.platform === 'win32') return { path: prefix, remove: keep }
  const path = disk.mkdtempSync(`${prefix}-`)
  return { path, remove: () => disk.promises.rm(path, { recursive: true, force: true }) }
}

/** The engine as the app has it, with the OS keychain for a profile whose key is there. */
const startEngineIn =
  ({ engineNode, logLevel }: Options, { out }: Places): StartEngine =>
  ({ folder, network: { isOn, discovery, discoveryPort = null } }) => {
    const { platform } = process
    const log = openLogFile({ disk, folder: join(folder, 'log'), name: 'cli.log', level: logLevel })
    const onBug = (error: unknown, call: string) => log.error({ error, call }, 'A call failed with a bug')
    const hasKeychain = isInKeychain(folder)
    const start = createStartEngine({
      out,
      platform,
      developmentNode: engineNode,
      keychain: port => createKeychain(openKeychainFile(folder), platform, onBug)(port),
      log,
    })
    return start({ folder, hasKeychain, unprotected: false, isOnline: isOn, discovery, discoveryPort })
  }

/**
 * Runs the command instead of the window, and ends with its exit code: no window, no tray, no lock of the only instance,
 * so that it works beside an app that runs. Before Electron is ready; the keychain takes one that is.
 */
export const runCommand = ({ args, profile }: Invocation, options: Options, places: Places): void => {
  const data = dataFolder(resolve(profile ?? options.profile))
  app.setPath('userData', data.path)
  app.disableHardwareAcceleration()
  app.commandLine.appendSwitch('log-level', FATAL_ONLY)
  // macOS would show it in the dock.
  if (process.platform === 'darwin') app.dock?.hide()

  const end = (code: number) => {
    const exit = () => app.exit(code)
    // What cannot be removed is Chromium's, and holds nothing of the profile.
    data.remove().then(exit, exit)
  }
  const fail = (error: unknown) => {
    process.stderr.write(`lanyard: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    end(1)
  }
  // What keeps the settings ends the process by the signal that it has been sent; here the command says when.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal)
  // Electron would show a dialog and go on.
  process.on('uncaughtException', fail)
  app
    .whenReady()
    .then(() => import('../cli/run-here.ts'))
    .then(({ runHere }) => runHere(args, startEngineIn(options, places)))
    .then(end, fail)
}
