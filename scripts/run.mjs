import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** `node_modules/.bin` first, as npm does, so that tools and their Node are the project's own. */
export const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
}

/**
 * Runs a tool of node_modules to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{show?: boolean, env?: Record<string, string>}} options `show`: let it write to the terminal while it runs
 * @returns {Promise<{code: number, output: string, seconds: number}>}
 */
export const run = (command, args, { show = false, env = {} } = {}) =>
  new Promise(resolve => {
    const started = performance.now()
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    const take = stream => chunk => {
      output += chunk
      if (show) stream.write(chunk)
    }
    child.stdout.on('data', take(process.stdout))
    child.stderr.on('data', take(process.stderr))
    const done = code => resolve({ code, output, seconds: (performance.now() - started) / 1000 })
    child.on('error', error => {
      output += `${command} could not be started: ${error.message}\n`
      done(1)
    })
    child.on('close', code => done(code ?? 1))
  })
