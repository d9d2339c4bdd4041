/**
 * One command for everything that can be said without running the product: types, lint, format, import rules, dead
 * code, the packaging configuration. CI runs the same one.
 */
import './node-version.mjs'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'

const CHECKS = [
  { name: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'types of the renderer', command: 'tsc', args: ['-p', 'src/renderer/tsconfig.json'] },
  { name: 'types of the journeys', command: 'tsc', args: ['-p', 'test/e2e/tsconfig.json'] },
  { name: 'lint and format', command: 'biome', args: ['check', '--max-diagnostics=50'] },
  { name: 'import rules', command: 'depcruise', args: ['src', 'test', 'bench', 'scripts', '--output-type', 'err'] },
  { name: 'dead code', command: 'knip', args: ['--no-progress'] },
  { name: 'packaging', command: 'node', args: ['scripts/package.mjs', '--validate'] },
]

/** @returns {Promise<{passed: number, failed: number}>} */
export const check = async () => {
  const results = await Promise.all(
    CHECKS.map(async ({ name, command, args }) => ({ name, ...(await run(command, args)) })),
  )
  for (const { name, code, output, seconds } of results) {
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`)
    if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '     '))
  }
  const failed = results.filter(({ code }) => code !== 0).length
  return { passed: results.length - failed, failed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await check()
  process.exitCode = failed === 0 ? 0 : 1
}
