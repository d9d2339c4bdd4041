import { spawn } from 'node:child_process'
import { once as occurs } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ed25519 } from '@noble/curves/ed25519.js'
import { toHex } from '../../src/crypto/bytes.ts'
import type { DiscoveryMode } from '../../src/p2p/index.ts'
import type { DeviceId } from '../../src/shared/ids.ts'
import type { LabHost } from './netlab.ts'

/** Milliseconds: only what never happens runs into it. */
const PATIENCE = 150_000

export interface LabEvent {
  event: string
  /** Milliseconds; all hosts of a laboratory share the machine's clock. */
  at: number
  device?: DeviceId
  state?: string
  text?: string
  accepted?: boolean
  addresses?: string[]
  deafInterfaces?: string[]
  /** Milliseconds. */
  took?: number
}

export interface Identity {
  seed: string
  device: DeviceId
}

export const createIdentity = (): Identity => {
  const seed = ed25519.utils.randomSecretKey()
  return { seed: toHex(seed), device: toHex(ed25519.getPublicKey(seed)) as DeviceId }
}

/** The first has the lower device id: the one that dials at once. */
export const createIdentities = (count: number): Identity[] =>
  Array.from({ length: count }, createIdentity).sort((a, b) => (a.device < b.device ? -1 : 1))

export interface Person {
  readonly device: DeviceId
  /** The first event that fits, past or to come. */
  once(event: string, fits?: (event: LabEvent) => boolean): Promise<LabEvent>
  /** The next event that fits, from now on. */
  next(event: string, fits?: (event: LabEvent) => boolean): Promise<LabEvent>
  /** Events so far. */
  readonly history: readonly LabEvent[]
  connectedTo(other: Person): Promise<LabEvent>
  say(other: Person, text: string): void
  command(command: object): void
  stop(): Promise<void>
}

export interface PersonInit {
  host: LabHost
  identity: Identity
  members: readonly Identity[]
  discovery?: DiscoveryMode
  discoveryPort?: number
  listenHosts?: readonly string[]
  /** TCP port; any unless given. */
  port?: number
  seeds?: readonly string[]
  /** Loads everything and starts on the command 'start'. */
  waits?: boolean
}

/** Starts a person's network on a host of the laboratory. */
export const startPerson = ({ host, identity, members, discovery = 'lan', ...init }: PersonInit): Person => {
  const part = {
    seed: identity.seed,
    discovery,
    discoveryPort: init.discoveryPort,
    hosts: init.listenHosts,
    port: init.port,
    seeds: init.seeds,
    waits: init.waits,
    members: members.filter(({ device }) => device !== identity.device).map(({ device }) => device),
  }
  const script = fileURLToPath(new URL('person-process.ts', import.meta.url))
  const child = spawn('ip', ['netns', 'exec', host.namespace, process.execPath, script, JSON.stringify(part)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const history: LabEvent[] = []
  const listeners = new Set<(event: LabEvent) => void>()
  createInterface({ input: child.stdout }).on('line', line => {
    const event = JSON.parse(line) as LabEvent
    history.push(event)
    for (const listener of [...listeners]) listener(event)
  })
  const ended = occurs(child, 'exit')

  const next = (event: string, fits: (event: LabEvent) => boolean = () => true) =>
    new Promise<LabEvent>((resolve, reject) => {
      const patience = setTimeout(() => {
        listeners.delete(listener)
        reject(new Error(`${host.name} waited in vain for ${event}; it had ${JSON.stringify(history.slice(-6))}`))
      }, PATIENCE)
      const listener = (happened: LabEvent) => {
        if (happened.event !== event || !fits(happened)) return
        clearTimeout(patience)
        listeners.delete(listener)
        resolve(happened)
      }
      listeners.add(listener)
    })
  const command = (what: object) => void child.stdin.write(`${JSON.stringify(what)}\n`)

  return {
    device: identity.device,
    history,
    next,
    once: async (event, fits = () => true) =>
      history.find(happened => happened.event === event && fits(happened)) ?? (await next(event, fits)),
    connectedTo({ device }) {
      const last = history.findLast(event => event.device === device && /connected$/.test(event.event))
      return last?.event === 'connected' ? Promise.resolve(last) : next('connected', event => event.device === device)
    },
    say: (other, text) => command({ do: 'send', to: other.device, text }),
    command,
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}
