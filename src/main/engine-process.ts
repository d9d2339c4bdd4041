import { fork } from 'node:child_process'
import { utilityProcess } from 'electron'
import {
  ENGINE_CHANNEL,
  type EngineStart,
  engineStarted,
  KEYCHAIN_CHANNEL,
  START_CHANNEL,
} from '../shared/engine-process.ts'
import { type ErrorCode, errorCode, LanyardError } from '../shared/errors.ts'
import { createChannels } from '../shared/rpc/channels.ts'
import type { Port } from '../shared/rpc/port.ts'
import { createChildProcessPort, createUtilityProcessPort } from '../shared/rpc/process-port.ts'

/** An engine that runs, wherever it runs. */
export interface RunningEngine {
  connect(): Port
  /** Resolves when the engine has put everything away. */
  stop(): Promise<void>
  /** Told once when the engine has ended without being asked to. */
  onEnd(listener: () => void): void
}

export interface EngineProcessParts {
  /** The built `engine/process.mjs`. */
  entry: string
  /**
   * Development only: the Node that runs the engine as a plain child process, for Electrons whose own Node is too old.
   */
  developmentNode: string | undefined
  serveKeychain(port: Port): void
}

/** Milliseconds: opening a large database after a crash takes seconds, never this long. */
const START_TIMEOUT = 30_000
/** Milliseconds for a clean end; then the process is ended from outside, which loses nothing that was committed. */
const STOP_TIMEOUT = 5_000

interface Process {
  wire: Port
  exited: Promise<void>
  kill(): void
}

const exitOf = (child: NodeJS.EventEmitter): Promise<void> =>
  new Promise(resolve => child.once('exit', () => resolve()))

const spawn = ({ entry, developmentNode }: EngineProcessParts): Process => {
  if (developmentNode !== undefined) {
    const child = fork(entry, [], { execPath: developmentNode, execArgv: [], serialization: 'advanced' })
    return { wire: createChildProcessPort(child), exited: exitOf(child), kill: () => child.kill() }
  }
  const child = utilityProcess.fork(entry, [], { serviceName: 'Lanyard engine' })
  return { wire: createUtilityProcessPort(child), exited: exitOf(child), kill: () => child.kill() }
}

const codeOf = (code: string): ErrorCode => {
  const parsed = errorCode.safeParse(code)
  return parsed.success ? parsed.data : 'internal'
}

/** Waits for the engine's word. Rejects with its own error, or `internal` when it ends or says nothing. */
const awaitStart = (channel: Port, start: EngineStart): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new LanyardError('internal', 'The engine did not start in time')),
      START_TIMEOUT,
    )
    channel.onFrame(raw => {
      clearTimeout(timer)
      const answer = engineStarted.safeParse(raw)
      if (!answer.success) reject(new LanyardError('internal', 'The engine answered something that cannot be read'))
      else if (answer.data.ok) resolve()
      else reject(new LanyardError(codeOf(answer.data.code), answer.data.message))
    })
    channel.onClose(() => {
      clearTimeout(timer)
      reject(new LanyardError('internal', 'The engine ended while it started'))
    })
    channel.post(start)
  })

/** Starts the engine in a process of its own, see `shared/engine-process.ts`. */
export const startEngineProcess = async (parts: EngineProcessParts, start: EngineStart): Promise<RunningEngine> => {
  const { wire, exited, kill } = spawn(parts)
  const channels = createChannels(wire, 1)
  if (start.hasKeychain) parts.serveKeychain(channels.open(KEYCHAIN_CHANNEL))
  const control = channels.open(START_CHANNEL)
  let stopping = false
  try {
    await awaitStart(control, start)
  } catch (error) {
    kill()
    throw error
  }
  return {
    connect: () => channels.open(ENGINE_CHANNEL),
    async stop() {
      stopping = true
      control.close()
      const timer = setTimeout(kill, STOP_TIMEOUT)
      await exited
      clearTimeout(timer)
    },
    onEnd(listener) {
      exited.then(() => {
        if (!stopping) listener()
      })
    },
  }
}
