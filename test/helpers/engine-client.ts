import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type EngineClient, engineContract } from '../../src/shared/contract/engine.ts'
import type {
  Conversation,
  Invitation,
  JoinRequest,
  Message,
  Person,
  Status,
} from '../../src/shared/contract/entities.ts'
import { ENGINE_CHANNEL, type EngineStart, engineStarted, START_CHANNEL } from '../../src/shared/engine-process.ts'
import { createChannels } from '../../src/shared/rpc/channels.ts'
import { createRpcClient } from '../../src/shared/rpc/client.ts'
import { createChildProcessPort } from '../../src/shared/rpc/process-port.ts'

const ENTRY = fileURLToPath(new URL('../../src/engine/process.ts', import.meta.url))

export interface EngineProcess {
  client: EngineClient
  /** A clean end. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

/** A real engine in a process of its own, spoken to as a shell would. `within`: what Node is started by, e.g. `ip netns exec`. */
export const startEngineProcess = async (
  init: Pick<EngineStart, 'folder'> & Partial<EngineStart>,
  within: readonly string[] = [],
): Promise<EngineProcess> => {
  const [execPath = process.execPath, ...execArgv] = [...within, process.execPath]
  const child = fork(ENTRY, [], {
    execPath,
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const channels = createChannels(createChildProcessPort(child), 1)
  const control = channels.open(START_CHANNEL)
  const answered = new Promise<unknown>((resolve, reject) => {
    control.onFrame(resolve)
    control.onClose(() => reject(new Error('The engine ended while it started')))
  })
  control.post({
    hasKeychain: false,
    unprotected: true,
    isOnline: true,
    discovery: 'off',
    discoveryPort: null,
    ...init,
  } satisfies EngineStart)
  const answer = engineStarted.parse(await answered)
  if (!answer.ok) throw new Error(`The engine did not start: ${answer.code}, ${answer.message}`)
  return {
    client: createRpcClient(engineContract, channels.open(ENGINE_CHANNEL)),
    async stop() {
      control.close()
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Resolves with the first status, now or later, of which the story is true. */
export const statusWhen = (client: EngineClient, isIt: (status: Status) => boolean): Promise<Status> =>
  new Promise((resolve, reject) => {
    const look = (status: Status) => {
      if (!isIt(status)) return
      stop()
      resolve(status)
    }
    const stop = client.on('status.changed', look)
    client.call('status.get', {}).then(look, reject)
    client.onClose(reject)
  })

interface Rows {
  person: Person
  conversation: Conversation
  message: Message
  joinRequest: JoinRequest
  invitation: Invitation
}

/** Resolves with the first row of the change feed, now or later, of which the story is true. */
export const changeWhen = <Kind extends keyof Rows>(
  client: EngineClient,
  kind: Kind,
  isIt: (value: Rows[Kind]) => boolean,
): Promise<Rows[Kind]> =>
  new Promise((resolve, reject) => {
    const look = async () => {
      const { changes } = await client.call('feed.pull', { after: null })
      for (const change of changes) {
        if (change.kind !== kind || change.value === null) continue
        const value = change.value as Rows[Kind]
        if (!isIt(value)) continue
        stop()
        resolve(value)
        return
      }
    }
    const stop = client.on('feed.advanced', () => void look().catch(reject))
    look().catch(reject)
    client.onClose(reject)
  })
