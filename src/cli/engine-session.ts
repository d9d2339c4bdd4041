import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type EngineClient, engineContract } from '../shared/contract/engine.ts'
import type { Organisation, Status } from '../shared/contract/entities.ts'
import { LanyardError } from '../shared/errors.ts'
import { createRpcClient } from '../shared/rpc/client.ts'
import type { EngineWish, StartEngine } from './engine-here.ts'
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
  readonly network: Omit<EngineWish['network'], 'isOn'>
  readonly secrets: Pick<Secrets, 'profilePassphrase'>
  readonly startEngine: StartEngine
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
      'The key of this profile is in the keychain of the operating system. Only the command of the installed app gets ' +
        'it from there, and only in a session of its user in which that keychain is unlocked',
    )
  await engine.call('profile.unlock', { passphrase: await secrets.profilePassphrase() })
}

/** Runs an engine for one piece of work, on an open profile, and leaves the folder free again. */
export const createWithEngine =
  ({ folder, network, secrets, startEngine }: EngineSessionInit): WithEngine =>
  async (work, { isOnline = false, makesProfile = false } = {}) => {
    if (!makesProfile && !existsSync(join(folder, 'profile.json')))
      throw new LanyardError('profile-missing', `There is no profile in ${folder}`)
    const running = await startEngine({ folder, network: { ...network, isOn: isOnline } })
    const client = createRpcClient(engineContract, running.connect())
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
