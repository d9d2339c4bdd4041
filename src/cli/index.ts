#!/usr/bin/env node

/** The oldest Node that the database runs on: an older one would end without a word. */
const OLDEST_NODE = 22

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`lanyard: This needs Node ${OLDEST_NODE} or newer, and here is ${process.versions.node}.`)
  process.exit(1)
}
const { runHere } = await import('./run-here.ts')
process.exit(await runHere(process.argv.slice(2)))

export {}
