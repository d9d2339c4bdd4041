import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineClient } from '../../src/shared/contract/engine.ts'
import { changeWhen, type EngineProcess, startEngineProcess, statusWhen } from '../helpers/engine-client.ts'
import type { SubnetHost } from './subnets.ts'

/** Milliseconds that an invitation is good for. */
const INVITED_FOR = 3_600_000

const ADMIN_PASSPHRASE = 'the keys of the office'

/** A member with a whole engine in a process of its own, on a host of the laboratory. */
export interface Colleague {
  readonly name: string
  readonly place: SubnetHost
  client(): EngineClient
  /** Versions of the contact list that this device has had in force, in the order in which it told of them. */
  readonly versions: readonly number[]
  /** Version of the list in force now. */
  version(): Promise<number | undefined>
  /** When the list of this version or a later one was in force here; milliseconds since 1970. */
  untilVersion(version: number): Promise<number>
  /** So many colleagues are connected. */
  untilNearby(count: number): Promise<unknown>
  start(): Promise<void>
  stop(): Promise<void>
  /** Copies the profile as it is on the disk; only while stopped. `restore` puts the copy in its place. */
  backUp(): void
  restore(): void
  /** Stops for good. */
  leave(): Promise<void>
}

export const createColleague = (name: string, place: SubnetHost): Colleague => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-lab-'))
  const [profile, backup] = [join(folder, 'profile'), join(folder, 'backup')]
  const versions: number[] = []
  let engine: EngineProcess | undefined

  const client = () => {
    if (engine === undefined) throw new Error(`${name} is not running`)
    return engine.client
  }
  const stop = async () => {
    await engine?.stop()
    engine = undefined
  }
  return {
    name,
    place,
    client,
    versions,
    version: async () => (await client().call('status.get', {})).organisation?.list.version,
    async untilVersion(version) {
      await statusWhen(client(), ({ organisation }) => (organisation?.list.version ?? 0) >= version)
      return Date.now()
    },
    untilNearby: count => statusWhen(client(), ({ network }) => network.nearby === count),
    async start() {
      const within = ['ip', 'netns', 'exec', place.host.namespace]
      engine = await startEngineProcess({ folder: profile, discovery: 'lan' }, within)
      engine.client.on('status.changed', ({ organisation }) => {
        const version = organisation?.list.version
        if (version !== undefined && version !== versions.at(-1)) versions.push(version)
      })
    },
    stop,
    backUp: () => cpSync(profile, backup, { recursive: true }),
    restore() {
      rmSync(profile, { recursive: true })
      cpSync(backup, profile, { recursive: true })
    },
    async leave() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const found = async (admin: Colleague): Promise<void> => {
  await admin.client().call('profile.create', { passphrase: null })
  const person = { name: admin.name, title: '', passphrase: ADMIN_PASSPHRASE }
  await admin.client().call('organisation.found', { organisation: 'Hafen & Co', ...person })
  await statusWhen(admin.client(), ({ organisation, network }) => organisation !== null && network.state !== 'stopped')
}

/** Invited, asked over the network, approved, and a member. */
export const joinOver = async (admin: Colleague, colleague: Colleague): Promise<void> => {
  const details = { name: colleague.name, title: '', department: '', email: '', phone: '' }
  const { link } = await admin.client().call('invitation.create', { ...details, lifetime: INVITED_FOR })
  await colleague.client().call('profile.create', { passphrase: null })
  await colleague.client().call('join.start', { link, deviceName: `${colleague.name}'s PC` })
  const request = await changeWhen(admin.client(), 'joinRequest', ({ name }) => name === colleague.name)
  const { id, invitationId, words } = request
  await admin.client().call('request.approve', { id, invitationId, words })
  await statusWhen(colleague.client(), ({ organisation }) => organisation !== null)
}

/** Signs a list that differs from the one before by one person; returns its version. */
export const signChange = async (admin: Colleague, newcomer: string): Promise<number> => {
  const nothingElse = { title: '', department: '', email: '', phone: '', roles: [] }
  await admin.client().call('changes.stage', { edits: [{ kind: 'add-person', name: newcomer, ...nothingElse }] })
  return (await admin.client().call('changes.sign', {})).version
}

/** Signs a policy that names these seed addresses; returns the list's version. */
export const signSeeds = async (admin: Colleague, seedAddresses: string[]): Promise<number> => {
  const policy = { ...(await admin.client().call('policy.get', {})), seedAddresses }
  await admin.client().call('changes.stage', { edits: [{ kind: 'change-policy', policy }] })
  return (await admin.client().call('changes.sign', {})).version
}
