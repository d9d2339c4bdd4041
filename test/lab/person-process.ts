/**
 * One person's network in its own process, for the laboratory: reads its part as JSON from the first argument, prints one
 * JSON line for each event, obeys one JSON command a line on stdin, and ends with stdin (so it never outlives its test).
 */
import { createInterface } from 'node:readline'
import { createNetwork, type DiscoveryMode } from '../../src/p2p/index.ts'
import type { DeviceId } from '../../src/shared/ids.ts'
import { silentLog } from '../helpers/silent-log.ts'

interface Part {
  seed: string
  discovery: DiscoveryMode
  discoveryPort?: number
  /** Listen hosts; every address unless given. */
  hosts?: string[]
  /** Start on the command 'start' instead of at once. */
  waits?: boolean
  members: DeviceId[]
  /** Seed addresses of the policy. */
  seeds?: string[]
  /** TCP port. */
  port?: number
}

type Command =
  | { do: 'start' }
  | { do: 'send'; to: DeviceId; text: string }
  | { do: 'dial'; to: DeviceId; addresses: string[] }
  | { do: 'revoke'; whom: DeviceId }
  | { do: 'refresh' }
  | { do: 'stop' }

const part = JSON.parse(process.argv[2] ?? '{}') as Part
const say = (event: string, detail: object = {}) =>
  process.stdout.write(`${JSON.stringify({ event, at: Date.now(), ...detail })}\n`)

const network = createNetwork({
  identitySeed: Buffer.from(part.seed, 'hex'),
  discovery: part.discovery,
  ...(part.discoveryPort === undefined ? {} : { discoveryPort: part.discoveryPort }),
  listen: {
    ...(part.hosts === undefined ? {} : { hosts: part.hosts }),
    ...(part.port === undefined ? {} : { port: part.port }),
  },
  seedAddresses: () => part.seeds ?? [],
  admit: device => (part.members.includes(device) ? 'member' : 'refused'),
  memberDevices: () => part.members,
  hello: () => Uint8Array.of(1),
  log: process.env.LANYARD_LAB_LOG === undefined ? silentLog : loudLog(),
})

network.on('device-found', ({ device }) => say('found', { device }))
network.on('device-connected', ({ device, direction }) => say('connected', { device, direction }))
network.on('device-disconnected', ({ device }) => say('disconnected', { device }))
network.on('frame', ({ device, bytes }) => say('heard', { device, text: Buffer.from(bytes).toString() }))
network.on('status', status => say('status', { ...status, addresses: network.addresses() }))

const start = async () => {
  await network.start()
  say('started', { addresses: network.addresses() })
}

const obey = async (command: Command) => {
  switch (command.do) {
    case 'start':
      await start()
      break
    case 'dial': {
      const since = performance.now()
      await network.dial(command.to, command.addresses)
      say('dialled', { device: command.to, took: performance.now() - since })
      break
    }
    case 'send':
      say('sent', { accepted: network.send(command.to, Buffer.from(command.text)) })
      break
    case 'revoke':
      network.revoke(command.whom)
      break
    case 'refresh':
      network.refresh()
      break
    case 'stop':
      await network.stop()
      say('stopped')
      break
  }
}

createInterface({ input: process.stdin })
  .on('line', line => void obey(JSON.parse(line) as Command))
  .on('close', () => void network.stop())

process.stdout.on('error', () => process.exit(1)) // whoever listened is gone

say('born')
if (part.waits !== true) await start()

function loudLog() {
  const log = (details: object, message: string) =>
    process.stderr.write(`${Date.now()} ${message} ${JSON.stringify(details)}\n`)
  return { debug: log, info: log, warn: log, error: log }
}
