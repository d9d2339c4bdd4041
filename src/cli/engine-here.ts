import * as disk from 'node:fs'
import { join } from 'node:path'
import type { NetworkOptions } from '../engine/index.ts'
import { openLogFile } from '../shared/log-file.ts'
import { createMemoryPorts } from '../shared/rpc/memory-port.ts'
import type { Port } from '../shared/rpc/port.ts'
import { loadEngine } from './load-engine.ts'

export interface EngineWish {
  /** The profile's folder, absolute. */
  readonly folder: string
  readonly network: Pick<NetworkOptions, 'discovery' | 'discoveryPort'> & { readonly isOn: boolean }
}

/** An engine that has a profile folder for itself, wherever it runs. */
export interface StartedEngine {
  connect(): Port
  /** Resolves when the folder is free again. */
  stop(): Promise<void>
}

/** Throws `profile-in-use`, and what else starting an engine throws. */
export type StartEngine = (wish: EngineWish) => Promise<StartedEngine>

/** In this very process, with no keychain: plain Node has none that would keep a key from other programs. */
export const startEngineHere: StartEngine = async ({ folder, network }) => {
  const { createEngine } = await loadEngine()
  const engine = await createEngine({
    folder,
    keychain: null,
    network,
    log: openLogFile({ disk, folder: join(folder, 'log'), name: 'cli.log', level: process.env.LANYARD_LOG }),
  })
  return {
    connect() {
      const [ours, theirs] = createMemoryPorts()
      engine.serve(theirs)
      return ours
    },
    stop: () => engine.stop(),
  }
}
