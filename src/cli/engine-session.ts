import * as disk from 'node:fs'
import { join } from 'node:path'
import type { NetworkOptions } from '../engine/index.ts'
import { type EngineClient, engineContract } from '../shared/contract/engine.ts'
import type { Organisation, Status } from '../shared/contract/entities.ts'
import { LanyardError } from '../shared/errors.ts'
import { openLogFile } from '../shared/log-file.ts'
import { createRpcClient } from '../shared/rpc/client.ts'
import { createMemoryPorts } from '../shared/rpc/memory-port.ts'
import { loadEngine } from './load-engine.ts'
import type { Secrets } from './secrets.ts'

export interface EngineUse {
  /** The network is off unless the command is about it. */
  readonly isOnline?: boolean
  /** Makes the profile where the folder has none. */
  readonly makesProfile?: boolean
}

export type WithEngine = <T>(work: (engine: EngineClient) => Promise<T>, use?: EngineUse) => Promise<T>

export interface EngineSessionInit {
  /** The profile's folder, absolute. */
  readonly folder: string
  readonly network: Omit<NetworkOptions, 'isOn'>
  readonly secrets: Pick<Secrets, 'profilePassphrase'>
}

const open = async (engine: EngineClient, folder: string, makes: boolean, secrets: EngineSessionInit['secrets']) => {
  const { profile, problem } = await engine.call('status.get', {})
  if (profile.state === 'open') return
  if (problem !== null && problem !== 'keychain-unavailable')
    throw new LanyardError(problem, 'The profile cannot be opened')
  if (profile.state === 'empty') {
    if (!makes) throw new LanyardError('profile-missing', `There is no profile in ${folder}`)
    await engine.call('profile.create', { passphrase: await secrets.profilePassphrase({ isNew: true }) })
    return
  }
  if (profile.protection === 'keychain')
    throw new LanyardError(
      'keychain-unavailable',
      'The key of this profile is in the keychain of the desktop app, where no other program gets it. ' +
        'Administer from the command line with a profile of its own, protected by a passphrase',
    )
  await engine.call('profile.unlock', { passphrase: await secrets.profilePassphrase() })
}

/** Runs the engine in this process for one piece of work, on an open profile, and leaves the folder free again. */
export const createWithEngine =
  ({ folder, network, secrets }: EngineSessionInit): WithEngine =>
  async (work, { isOnline = false, makesProfile = false } = {}) => {
    if (!makesProfile && !disk.existsSync(join(folder, 'profile.json')))
      throw new LanyardError('profile-missing', `There is no profile in ${folder}`)
    const { createEngine } = await loadEngine()
    const running = await createEngine({
      folder,
      keychain: null,
      network: { ...network, isOn: isOnline },
      log: openLogFile({ disk, folder: join(folder, 'log'), name: 'cli.log', level: process.env.LANYARD_LOG }),
    })
    const [ours, theirs] = createMemoryPorts()
    running.serve(theirs)
    const client = createRpcClient(engineContract, ours)
    try {
      await open(client, folder, makesProfile, secrets)
      return await work(client)
    } finally {
      client.close()
      await running.stop()
    }
  }

/** Of an open profile that belongs to one. */
export const organisationOf = async (engine: EngineClient): Promise<Organisation> => {
  const { organisation } = await engine.call('status.get', {})
  if (organisation === null) throw new LanyardError('not-joined', 'This profile belongs to no organisation yet')
  return organisation
}

/** Resolves with the first status, now or later, that the caller accepts; undefined when the time is up before that. */
export const statusWithin = (
  engine: EngineClient,
  milliseconds: number,
  accepts: (status: Status) => boolean,
  signal?: AbortSignal,
): Promise<Status | undefined> =>
  new Promise((resolve, reject) => {
    const end = (found?: Status) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
      stopListening()
      resolve(found)
    }
    const giveUp = () => end()
    const look = (status: Status) => {
      if (accepts(status)) end(status)
    }
    const timer = setTimeout(giveUp, milliseconds)
    signal?.addEventListener('abort', giveUp)
    const stopListening = engine.on('status.changed', look)
    engine.call('status.get', {}).then(look, reject)
  })
