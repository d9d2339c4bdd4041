import { writeSync } from 'node:fs'
import type { StartEngine } from './engine-here.ts'
import { runCli } from './run.ts'

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

/**
 * Runs one command with the streams, signals and clock of this process, and returns the code to end it with.
 * `startEngine`: where the engine runs, this process unless given. Throws nothing.
 */
export const runHere = (args: readonly string[], startEngine?: StartEngine): Promise<number> => {
  const stopping = new AbortController()
  // The first asks for a clean end, the second is the system's own.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error(signal)))
  return runCli({
    args,
    env: process.env,
    platform: process.platform,
    input: process.stdin,
    questions: process.stderr,
    write,
    signal: stopping.signal,
    now: Date.now,
    ...(startEngine === undefined ? {} : { startEngine }),
  })
}
