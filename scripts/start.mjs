/**
 * `npm start`: builds what has changed, then opens Lanyard: in Electron where its binary is here or can be had,
 * otherwise in the system's Chromium, Chrome or Edge, otherwise it prints a one-time address and keeps running.
 *
 *   npm start -- --browser       the browser shell, with its own options after it (see src/browser/options.ts)
 *   npm start -- --electron      try to download Electron again now
 */
import './node-version.mjs'
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.mjs'
import { findOrDownloadElectron } from './electron-binary.mjs'
import { environment, root } from './run.mjs'

/** Milliseconds: an Electron that fails within this time could not start at all on this system. */
const STILLBORN = 5_000

const args = process.argv.slice(2)
const wantsBrowser = args.includes('--browser')
const rest = args.filter(argument => argument !== '--browser' && argument !== '--electron')

const isRoot = process.platform === 'linux' && process.getuid() === 0
const hasDisplay =
  process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined

/** Runs a program until it ends, with the terminal's signals reaching it. */
const follow = (command, commandArgs) =>
  new Promise(resolve => {
    const started = Date.now()
    const child = spawn(command, commandArgs, { cwd: root, env: environment, stdio: 'inherit' })
    const pass = signal => child.kill(signal)
    // A Ctrl+C on the terminal reaches the child by itself; this process only waits for it.
    const wait = () => undefined
    process.on('SIGINT', wait)
    process.on('SIGTERM', pass)
    child.on('error', error => {
      console.error(`${command} could not be started: ${error.message}`)
      resolve({ code: 1, lived: 0 })
    })
    child.on('close', code => {
      process.off('SIGINT', wait)
      process.off('SIGTERM', pass)
      resolve({ code: code ?? 1, lived: Date.now() - started })
    })
  })

const startElectron = async () => {
  if (wantsBrowser || !hasDisplay || isRoot) return undefined
  const electron = await findOrDownloadElectron()
  if (electron === undefined) return undefined
  const { code, lived } = await follow(electron, ['.', ...rest])
  if (code === 0 || lived > STILLBORN) return code
  console.log('Electron does not start on this system; using the browser instead.')
  return undefined
}

if (args.includes('--electron')) await rm(join(root, '.cache', 'electron-unavailable'), { force: true })
if (await build({ ifStale: true })) console.log('Built Lanyard.')
process.exitCode =
  (await startElectron()) ?? (await follow(process.execPath, [join(root, 'out', 'browser', 'index.mjs'), ...rest])).code
