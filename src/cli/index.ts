#!/usr/bin/env node
import { writeSync } from 'node:fs'

/** The oldest Node that the database runs on: an older one would end without a word. */
const OLDEST_NODE = 22

const DESCRIPTORS = { out: 1, error: 2 } as const

/** Whole and at once, so that ending the process cuts nothing off; a reader that has gone away is no fault. */
const write = (target: keyof typeof DESCRIPTORS, text: string | Uint8Array): void => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(DESCRIPTORS[target], bytes, written)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  write('error', `lanyard: This needs Node ${OLDEST_NODE} or newer, and here is ${process.versions.node}.\n`)
  process.exit(1)
}
const { runCli } = await import('./run.ts')

const stopping = new AbortController()
// The first asks for a clean end, the second is the system's own.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error(signal)))

process.exit(
  await runCli({
    args: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    input: process.stdin,
    questions: process.stderr,
    write,
    signal: stopping.signal,
    now: Date.now,
  }),
)
