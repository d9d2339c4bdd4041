/**
 * Everything that this machine can run: build, static checks, unit, scenario, crash, lab and end-to-end tests. Says
 * what it skipped and why, and ends with `Tests: N passed, N failed, N skipped`.
 *
 *   npm test                  all of it
 *   npm test -- unit e2e      these parts only
 */
import './node-version.mjs'
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.mjs'
import { check } from './check.mjs'
import { installedElectron } from './electron-binary.mjs'
import { root, run } from './run.mjs'

const PARTS = ['check', 'unit', 'scenario', 'crash', 'lab', 'e2e']
const reports = join(root, 'artefacts', 'reports')

const total = { passed: 0, failed: 0, skipped: 0 }
const reasons = []

const count = ({ passed = 0, failed = 0, skipped = 0 }) => {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

const readReport = async file => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    console.error(`There is no readable report ${file}: ${error.message}`)
    return undefined
  }
}

/** Why this machine cannot build hosts in network namespaces, or undefined when it can. */
const labImpossible = () => {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only'
  if (process.getuid() !== 0) return 'building hosts in network namespaces takes root'
  const trial = `lanyard-trial-${process.pid}`
  try {
    execFileSync('ip', ['netns', 'add', trial], { stdio: 'pipe' })
    execFileSync('ip', ['netns', 'delete', trial], { stdio: 'pipe' })
  } catch (error) {
    return `this machine lets nobody make a network namespace (${String(error.message).split('\n')[0]})`
  }
  return undefined
}

const vitest = async name => {
  const report = join(reports, `${name}.json`)
  const { code } = await run(
    'vitest',
    [
      'run',
      '--project',
      name,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { show: true, env: { LANYARD_COMMAND: join(root, 'out', 'cli', 'index.mjs') } },
  )
  const result = await readReport(report)
  const failed = result?.numFailedTests ?? 0
  count({
    passed: result?.numPassedTests ?? 0,
    // A file that does not load, or an error outside every test, fails the run without failing a test.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
  })
  for (const { assertionResults } of result?.testResults ?? []) {
    for (const { status, fullName } of assertionResults) {
      if (status === 'pending' || status === 'skipped') reasons.push(`${name}: ${fullName} skips itself`)
    }
  }
}

const lab = async () => {
  const impossible = labImpossible()
  if (impossible === undefined) return vitest('lab')
  const { output } = await run('vitest', ['list', '--project', 'lab', '--json'])
  const tests = output.includes('[') ? JSON.parse(output.slice(output.indexOf('['))).length : 1
  count({ skipped: tests })
  reasons.push(`lab: ${tests} tests, because ${impossible}`)
}

/** A real Electron that could open a window here: `ELECTRON_BIN`, or the one that `npm start` has downloaded. */
const electronForJourneys = () => {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY !== undefined
  return hasDisplay ? installedElectron() : undefined
}

const e2e = async () => {
  const report = join(reports, 'e2e.json')
  const electron = electronForJourneys()
  const { code } = await run('playwright', ['test'], {
    show: true,
    env: { LANYARD_E2E_REPORT: report, ...(electron === undefined ? {} : { ELECTRON_BIN: electron }) },
  })
  const stats = (await readReport(report))?.stats
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  count({
    passed: stats?.expected ?? 0,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats?.skipped ?? 0,
  })
  if ((stats?.skipped ?? 0) > 0) reasons.push(`e2e: ${stats.skipped} tests; the lines above marked "-" name them`)
  if (electron === undefined) {
    count({ skipped: 1 })
    reasons.push('e2e: 1 test in a real Electron, because there is none with a display here (the stand-in ran instead)')
  }
}

const RUN = {
  check: async () => count(await check()),
  unit: () => vitest('unit'),
  scenario: () => vitest('scenario'),
  crash: () => vitest('crash'),
  lab,
  e2e,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(part => !PARTS.includes(part))
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(', ')}. The parts: ${PARTS.join(', ')}`)
  process.exit(1)
}

await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })

const summary = () => {
  for (const reason of reasons) console.log(`skipped ${reason}`)
  console.log(`Tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
}

try {
  console.log('\n== build ==')
  await build({ ifStale: true })
} catch (error) {
  console.error(error)
  count({ failed: 1 })
}
for (const part of PARTS) {
  if (wanted.length > 0 && !wanted.includes(part)) continue
  const started = performance.now()
  console.log(`\n== ${part} ==`)
  await RUN[part]()
  console.log(`== ${part}: ${((performance.now() - started) / 1000).toFixed(0)} s ==`)
}
console.log('')
summary()
