import { defineConfig } from 'vitest/config'

/** Milliseconds: long enough that only a hang runs into it, on a busy machine too. Nothing asserts on time. */
const UNIT_LIMIT = 120_000
const STORY_LIMIT = 300_000
const CRASH_LIMIT = 600_000

const project = (name: string, testTimeout: number, parallel: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    pool: 'forks' as const,
    fileParallelism: parallel,
  },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', UNIT_LIMIT, true),
      project('scenario', STORY_LIMIT, true),
      project('crash', CRASH_LIMIT, false),
      // Namespaces and addresses are the machine's: one story after the other.
      project('lab', STORY_LIMIT, false),
    ],
  },
})
