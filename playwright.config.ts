import { fileURLToPath } from 'node:url'
import { defineConfig } from 'playwright/test'

// Each shell and each command is a new process: Node may remember how it compiled the bundle.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.cache/compile', import.meta.url))

/** Milliseconds: only a hang runs into them, with ten processes for each core waiting too. */
const JOURNEY_LIMIT = 600_000
const EXPECT_LIMIT = 60_000

const report = process.env.LANYARD_E2E_REPORT

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'artefacts/e2e',
  timeout: JOURNEY_LIMIT,
  expect: { timeout: EXPECT_LIMIT },
  // Each journey has profiles, ports and a discovery port of its own; those of one file need not wait for each other.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as const])],
  projects: [
    { name: 'browser-shell', testMatch: 'journeys/**/*.test.ts' },
    { name: 'electron-stand-in', testMatch: 'electron/**/*.test.ts' },
    // A real Electron, where ELECTRON_BIN names one. With one whose Node is too old for the engine, set
    // LANYARD_ENGINE_NODE to a Node that is not.
    ...(process.env.ELECTRON_BIN === undefined
      ? []
      : [{ name: 'real-electron', testMatch: 'real-electron/**/*.test.ts' }]),
  ],
})
