import { join } from 'node:path'
import type { EngineStart } from '../shared/engine-process.ts'
import type { Log } from '../shared/log.ts'
import type { Port } from '../shared/rpc/port.ts'
import { type RunningEngine, startEngineProcess } from './engine-process.ts'

export interface EngineParts {
  /** Built bundles: `out/`. */
  out: string
  platform: NodeJS.Platform
  /** See `engine-process.ts`. */
  developmentNode: string | undefined
  /** Serves the OS keychain on a port. */
  keychain(port: Port): void
  log: Log
}

/** Starts the engine where it runs on this platform: in a process of its own, on macOS in this one (`engine-here.ts`). */
export const createStartEngine =
  ({ out, platform, developmentNode, keychain, log }: EngineParts) =>
  async (start: EngineStart): Promise<RunningEngine> => {
    if (platform === 'darwin') {
      const { startEngineHere } = await import('./engine-here.ts')
      return startEngineHere(start, keychain, log)
    }
    const entry = join(out, 'engine', 'process.mjs')
    return startEngineProcess({ entry, developmentNode, serveKeychain: keychain }, start)
  }
