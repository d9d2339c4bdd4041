/**
 * `npm run demo`: three people of one organisation on this PC, as three engines in processes of their own, each with its
 * own profile folder and window (or address). They find each other through real discovery, limited to the loopback
 * address. The profiles are unprotected, and the windows say so.
 *
 *   npm run demo -- --fresh      forget what was said and begin anew
 *   npm run demo -- --no-open    print the three addresses instead of opening windows
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ADMIN_PASSPHRASE, marta, pekka, sanna } from './demo/people.ts'
import { setUp } from './demo/set-up.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Apart from every other group of engines on this PC. */
const DISCOVERY_PORT = 45_354

const folder = join(root, '.cache', 'demo')
const ready = join(folder, 'ready')
const args = process.argv.slice(2)

if (args.includes('--fresh')) await rm(folder, { recursive: true, force: true })
execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-stale'], { stdio: 'inherit' })

if (!existsSync(ready)) {
  // Whatever is there was left by a set-up that did not come to its end.
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  console.log('Setting up three colleagues, once:')
  await setUp(folder, DISCOVERY_PORT, line => console.log(line))
  await writeFile(ready, '')
}

console.log(`\nThe administrator passphrase of ${pekka.name} is: ${ADMIN_PASSPHRASE}\n`)

const shellArgs = ['--unprotected', '--discovery', 'loopback', '--discovery-port', String(DISCOVERY_PORT)]
const shells = [pekka, sanna, marta].map(who => {
  const child = spawn(
    process.execPath,
    [
      join(root, 'out', 'browser', 'index.mjs'),
      '--profile',
      join(folder, who.folder),
      ...shellArgs,
      ...args.filter(argument => argument === '--no-open'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of String(chunk).trimEnd().split('\n')) console.log(`${who.name.padEnd(15)} ${line.trimStart()}`)
  })
  return child
})

const ended = Promise.all(shells.map(shell => once(shell, 'exit')))
// Ctrl+C on the terminal reaches the shells by itself; from elsewhere it has to be handed on.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => {
  for (const shell of shells) shell.kill('SIGTERM')
})
await ended
