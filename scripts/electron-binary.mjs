import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { environment, root } from './run.mjs'

/** Milliseconds: a network that lets nobody out shows it by silence. */
const CONNECT_TIMEOUT = 5_000
/** Milliseconds: after a failure the next starts do not try again for a day. */
const TRY_AGAIN_AFTER = 24 * 60 * 60_000
/** Milliseconds for the whole download, on a slow line. */
const DOWNLOAD_TIMEOUT = 15 * 60_000

const packageFolder = join(root, 'node_modules', 'electron')
const failureNote = join(root, '.cache', 'electron-unavailable')

/** The downloaded Electron, or the one that `ELECTRON_BIN` names; undefined where there is none. */
export const installedElectron = () => {
  const named = process.env.ELECTRON_BIN
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`ELECTRON_BIN names ${named}, which does not exist.`)
    return named
  }
  const pathFile = join(packageFolder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const binary = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : undefined
}

const failedLately = async () => {
  const note = await stat(failureNote).catch(() => undefined)
  return note !== undefined && Date.now() - note.mtimeMs < TRY_AGAIN_AFTER
}

const rememberFailure = async reason => {
  await mkdir(join(root, '.cache'), { recursive: true })
  await writeFile(failureNote, `${reason}\n`)
}

/** Whether the place that Electron comes from answers at all; proxies of the surroundings are respected. */
const canReach = async address => {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(CONNECT_TIMEOUT) })
    return true
  } catch {
    return false // no name, no route, no answer: all the same to the person
  }
}

const download = () =>
  new Promise(resolve => {
    const started = Date.now()
    const child = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      env: { ...environment, ELECTRON_GET_USE_PROXY: '1' },
      stdio: ['ignore', 'inherit', 'pipe'],
      timeout: DOWNLOAD_TIMEOUT,
    })
    let complaint = ''
    child.stderr.on('data', chunk => {
      complaint += chunk
    })
    const clock = setInterval(() => {
      const seconds = Math.round((Date.now() - started) / 1000)
      if (process.stdout.isTTY) process.stdout.write(`\r  ${seconds} s `)
      else if (seconds % 10 === 0) console.log(`  ${seconds} s`)
    }, 1_000)
    child.on('close', code => {
      clearInterval(clock)
      if (process.stdout.isTTY) process.stdout.write('\r')
      resolve(code === 0 ? undefined : (complaint.trim().split('\n')[0] ?? 'the download failed'))
    })
  })

/**
 * Electron's binary, downloaded when it is not here yet. Undefined where it cannot be had, after one line that says so.
 */
export const findOrDownloadElectron = async () => {
  const installed = installedElectron()
  if (installed !== undefined) return installed
  if (!existsSync(packageFolder)) return undefined
  if (await failedLately()) {
    console.log(
      'Electron could not be downloaded earlier today; using the browser. (npm start -- --electron tries again.)',
    )
    return undefined
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const source =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/'
  if (!(await canReach(source))) {
    await rememberFailure('no connection')
    console.log('Electron is not on this PC and its download server does not answer; using the browser instead.')
    return undefined
  }
  console.log(`Downloading Electron ${version}, about 110 MB, once …`)
  const failure = await download()
  if (failure === undefined) return installedElectron()
  await rememberFailure(failure)
  console.log(`Electron could not be downloaded (${failure}); using the browser instead.`)
  return undefined
}
