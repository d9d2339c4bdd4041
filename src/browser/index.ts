import type { ChildProcess } from 'node:child_process'
import * as disk from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageFile from '../../package.json' with { type: 'json' }
import { createEngine } from '../engine/index.ts'
import { openLogFile } from '../shared/log-file.ts'
import { findBrowser, openAppWindow, windowImpossible } from './app-window.ts'
import { createHost } from './host-calls.ts'
import { type Options, readOptions } from './options.ts'
import { askRunningShell } from './running-shell.ts'
import { openSettings } from './settings-file.ts'
import { startShell } from './shell.ts'
import { sentenceFor } from './words.ts'

/** The built page lies beside this bundle, see scripts/build.mjs. */
const PAGE = fileURLToPath(new URL('../renderer', import.meta.url))

const say = (line: string) => console.log(line)

const sayAddress = (address: string) =>
  say(`Open this address in Chromium, Chrome or Edge. It works once, within 5 minutes:\n  ${address}`)

/** Tells the first shell of this profile to show itself. True where there is one. */
const showRunning = async (folder: string): Promise<boolean> => {
  const running = await askRunningShell(folder)
  if (running === undefined) return false
  say('Lanyard is already running with this profile.')
  if (running.address === null) say('Its window has been opened again.')
  else sayAddress(running.address)
  return true
}

const run = async (options: Options): Promise<void> => {
  const folder = join(options.profile, 'shell')
  if (await showRunning(folder)) return

  const log = openLogFile({ disk, folder, name: 'lanyard.log', level: process.env.LANYARD_LOG })
  const onBug = (error: unknown, call: string) => log.error({ error, call }, 'A call failed with a bug')
  const engine = await createEngine({
    folder: options.profile,
    keychain: null,
    unprotected: options.unprotected,
    network: {
      discovery: options.discovery,
      ...(options.discoveryPort === undefined ? {} : { discoveryPort: options.discoveryPort }),
    },
    log,
  })
  const file = openSettings(folder)
  const ended = Promise.withResolvers<void>()

  let firstWindow: ChildProcess | undefined

  /** True: a window is open. The shell ends with its last window, which is when the first browser process ends. */
  const openWindow = (address: string): boolean => {
    const impossible = windowImpossible(process.platform, process.env, process.getuid?.())
    const browser = findBrowser(process.platform, process.env)
    if (!options.open || impossible !== undefined || browser === undefined) {
      if (options.open && impossible !== undefined) say(impossible)
      return false
    }
    const window = openAppWindow(browser, address, join(folder, 'browser'))
    window.on('error', error => log.error({ error }, 'The browser cannot be started'))
    // A further process of the same browser profile hands its window to the first one and ends at once.
    if (firstWindow !== undefined) return true
    firstWindow = window
    window.once('close', code => {
      firstWindow = undefined
      if (code === 0) return ended.resolve()
      say('The browser has ended unexpectedly. Lanyard keeps running.')
      sayAddress(shell.address())
    })
    return true
  }

  const show = (): { address: string | null } => {
    const address = shell.address()
    return { address: openWindow(address) ? null : address }
  }

  const shell = await startShell({
    folder,
    page: PAGE,
    file,
    ...(options.port === undefined ? {} : { port: options.port }),
    now: Date.now,
    serveEngine: port => engine.serve(port),
    serveHost: createHost({
      file,
      version: packageFile.version,
      platform: process.platform,
      onBug,
      quit: () => ended.resolve(),
    }),
    reopen: () => Promise.resolve(show()),
  }).catch(async (error: unknown) => {
    await engine.stop()
    throw error
  })

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.resolve())
  const { address } = show()
  if (address === null) say('Lanyard is open. Close its window, or press Ctrl+C here, to end it.')
  else {
    sayAddress(address)
    say('Lanyard keeps running until you press Ctrl+C.')
  }

  await ended.promise
  firstWindow?.kill()
  await shell.stop()
  await engine.stop()
}

try {
  await run(readOptions(process.argv.slice(2), process.platform, process.env))
  process.exit(0)
} catch (error) {
  console.error(sentenceFor(error))
  process.exit(1)
}
