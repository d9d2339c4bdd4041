import * as disk from 'node:fs'
import { join } from 'node:path'
import { keychainContract } from '../shared/contract/keychain.ts'
import {
  ENGINE_CHANNEL,
  type EngineStarted,
  engineStart,
  KEYCHAIN_CHANNEL,
  START_CHANNEL,
} from '../shared/engine-process.ts'
import { isLanyardError } from '../shared/errors.ts'
import { openLogFile } from '../shared/log-file.ts'
import { createChannels } from '../shared/rpc/channels.ts'
import { createRpcClient } from '../shared/rpc/client.ts'
import type { Port } from '../shared/rpc/port.ts'
import { createChildProcessPort, createParentPort } from '../shared/rpc/process-port.ts'
import { createEngine, type Engine } from './engine.ts'

/** The wire to the shell: Electron's parent port in a utility process, else Node's IPC channel. */
const wire: Port =
  'parentPort' in process && process.parentPort !== undefined
    ? createParentPort(process.parentPort as Parameters<typeof createParentPort>[0])
    : createChildProcessPort(process)

let engine: Engine | undefined
let keychain: Port | undefined

const answer = (error: unknown): EngineStarted =>
  isLanyardError(error)
    ? { ok: false, code: error.code, message: error.message }
    : { ok: false, code: 'internal', message: error instanceof Error ? error.message.slice(0, 2_000) : 'unknown' }

const start = async (control: Port, raw: unknown): Promise<void> => {
  const { folder, hasKeychain, unprotected, isOnline, discovery, discoveryPort } = engineStart.parse(raw)
  engine = await createEngine({
    folder,
    keychain: hasKeychain && keychain !== undefined ? createRpcClient(keychainContract, keychain) : null,
    unprotected,
    network: { isOn: isOnline, discovery, ...(discoveryPort === null ? {} : { discoveryPort }) },
    log: openLogFile({ disk, folder: join(folder, 'log'), name: 'engine.log', level: process.env.LANYARD_LOG }),
  })
  control.post({ ok: true } satisfies EngineStarted)
}

const stop = async (): Promise<void> => {
  await engine?.stop()
  process.exit(0)
}

createChannels(wire, 2).onOpen((name, port) => {
  switch (name) {
    case KEYCHAIN_CHANNEL:
      keychain = port
      return
    case ENGINE_CHANNEL:
      // Before `start` there is nothing to serve.
      if (engine === undefined) port.close()
      else engine.serve(port)
      return
    case START_CHANNEL:
      port.onFrame(raw => {
        start(port, raw).catch((error: unknown) => port.post(answer(error)))
      })
      port.onClose(() => void stop())
      return
    default:
      port.close()
  }
})
// The shell decides when the engine ends; a Ctrl+C on the terminal reaches both.
process.on('SIGINT', () => undefined)
