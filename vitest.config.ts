import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Engines and commands in processes of their own read hundreds of modules: Node may remember how that went.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.cache/compile', import.meta.url))

/** Milliseconds: long enough that only a hang runs into it, on a busy machine too. Nothing asserts on time. */
const UNIT_LIMIT = 120_000
const STORY_LIMIT = 300_000
const CRASH_LIMIT = 600_000

interface ProjectOptions {
  readonly testTimeout: number
  /** Files side by side, one on each core. */
  readonly fileParallelism: boolean
  /** A process for each file, which reads all that it imports anew. */
  readonly isolate: boolean
}

const project = (name: string, options: ProjectOptions) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    hookTimeout: options.testTimeout,
    pool: 'forks' as const,
    ...options,
  },
})

export default defineConfig({
  test: {
    // One for each core: unless told, vitest leaves a core idle.
    maxWorkers: availableParallelism(),
    projects: [
      // Reading the modules anew for each file costs more than most of these tests. No module keeps a state of its own, and
      // a test puts back what it changes of the process.
      project('unit', { testTimeout: UNIT_LIMIT, fileParallelism: true, isolate: false }),
      project('scenario', { testTimeout: STORY_LIMIT, fileParallelism: true, isolate: true }),
      project('crash', { testTimeout: CRASH_LIMIT, fileParallelism: false, isolate: true }),
      // Namespaces and addresses are the machine's: one story after the other.
      project('lab', { testTimeout: STORY_LIMIT, fileParallelism: false, isolate: true }),
    ],
  },
})
