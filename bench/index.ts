/** `npm run bench -- latency burst`: runs the named subjects, each in a process of its own; `--json` for machines. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Row, report } from './harness.ts'

const subjects = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const pathOf = (subject: string) => fileURLToPath(new URL(`${subject}.ts`, import.meta.url))

/** Undefined where the subject failed; its own words stand above. */
const measure = async (subject: string): Promise<Row[] | undefined> => {
  process.stderr.write(`${subject} …\n`)
  const child = spawn(process.execPath, [pathOf(subject), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let output = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk
  const [code] = (await ended) as [number | null]
  return code === 0 ? (JSON.parse(output) as Row[]) : undefined
}

const unknown = subjects.filter(subject => !/^[a-z]+$/.test(subject) || !existsSync(pathOf(subject)))
if (subjects.length === 0 || unknown.length > 0) {
  console.error('Name what to measure: latency, burst, startup, discovery, contacts, crypto')
  process.exit(1)
}
const rows: Row[] = []
for (const subject of subjects) {
  const measured = await measure(subject)
  if (measured === undefined) process.exitCode = 1
  else rows.push(...measured)
}
report(rows)
