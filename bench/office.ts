import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineCall, EngineInput, EngineOutput } from '../src/shared/contract/engine.ts'
import type { JoinRequest, Status } from '../src/shared/contract/entities.ts'
import type { PersonId } from '../src/shared/ids.ts'
import type { Answer, Order, Setup } from './engine-process.ts'

/** An engine in a process of its own. Orders are answered one after the other. */
export interface EngineProcess {
  /** Milliseconds that the engine took until it answered its first call. */
  readonly readyAfter: number
  order(order: Order): Promise<unknown>
  call<K extends EngineCall>(name: K, input: EngineInput<K>): Promise<EngineOutput<K>>
  stop(): Promise<void>
}

const engineProcess = fileURLToPath(new URL('engine-process.ts', import.meta.url))

export const benchFolder = (): string => mkdtempSync(join(tmpdir(), 'lanyard-bench-'))

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

export const startEngine = async (setup: Setup): Promise<EngineProcess> => {
  const child = fork(engineProcess, [JSON.stringify(setup)], { execArgv: [], serialization: 'advanced' })
  const answer = async (): Promise<unknown> => {
    const [told] = (await once(child, 'message')) as [Answer]
    if (!told.ok) throw new Error(told.error)
    return told.value
  }
  const order = (what: Order): Promise<unknown> => {
    const answered = answer()
    child.send(what)
    return answered
  }
  const readyAfter = (await answer()) as number
  return {
    readyAfter,
    order,
    call: async (name, input) => (await order({ do: 'call', name, input })) as never,
    async stop() {
      await order({ do: 'leave' })
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

export interface Pair {
  alice: EngineProcess
  bob: EngineProcess
  bobId: PersonId
  close(): Promise<void>
}

/** Two colleagues of one organisation in two processes, connected over loopback. */
export const startPair = async (): Promise<Pair> => {
  const discoveryPort = 43_000 + Math.floor(Math.random() * 17_000)
  const folders = [benchFolder(), benchFolder()] as const
  const [alice, bob] = await Promise.all([
    startEngine({ folder: folders[0], discoveryPort }),
    startEngine({ folder: folders[1], discoveryPort }),
  ])
  for (const engine of [alice, bob]) await engine.call('profile.create', { passphrase: null })
  const passphrase = 'only for measuring'
  await alice.call('organisation.found', { organisation: 'Bench', name: 'Alice', title: '', passphrase })
  const details = { name: 'Bob', title: '', department: '', email: '', phone: '', lifetime: 3_600_000 }
  const { link } = await alice.call('invitation.create', details)
  await bob.call('join.start', { link, deviceName: 'PC' })
  const request = (await alice.order({ do: 'await-status', has: 'request' })) as JoinRequest
  const { id, invitationId, words } = request
  await alice.call('request.approve', { id, invitationId, words })
  const member = (await bob.order({ do: 'await-status', has: 'member' })) as Status
  await Promise.all([alice, bob].map(engine => engine.order({ do: 'await-status', has: 'colleague-online' })))
  const bobId = member.organisation?.self
  if (bobId === undefined) throw new Error('Bob has not joined')
  return {
    alice,
    bob,
    bobId,
    async close() {
      await Promise.all([alice.stop(), bob.stop()])
      for (const folder of folders) removeFolder(folder)
    },
  }
}
