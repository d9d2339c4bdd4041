/**
 * A change of five people from the signature on one device until it is in force and durable on another one, two processes
 * on loopback. The baseline is what cannot be spared: one echo on an open libp2p stream and one durable commit.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeDeviceKeys, generateDeviceKeys, publicKeysOf, toHex } from '../src/crypto/index.ts'
import { createNativeProvider } from '../src/engine/native-crypto.ts'
import { beginMembership } from '../src/engine/organisation/list/membership.ts'
import { writeDocument, writeMeta } from '../src/engine/storage/documents.ts'
import { openStore } from '../src/engine/storage/store.ts'
import {
  deviceIdOf,
  foundOrganisation,
  type ListEdit,
  prepareList,
  publishList,
  signList,
  type TrustedState,
} from '../src/org/index.ts'
import type { PersonId } from '../src/shared/ids.ts'
import { commitTime, echoTime } from './baselines.ts'
import { type Row, row } from './harness.ts'
import type { MemberOrder, MemberSetup } from './member-process.ts'
import { benchFolder, removeFolder } from './office.ts'

const CHANGED = 5
const RUNS = 12

const provider = createNativeProvider()
const memberProcess = fileURLToPath(new URL('member-process.ts', import.meta.url))
const newPersonId = () => toHex(provider.randomBytes(16)) as PersonId

const startMember = async (setup: MemberSetup) => {
  const child = fork(memberProcess, [JSON.stringify(setup)], { execArgv: [], serialization: 'advanced' })
  const answer = async (): Promise<unknown> => {
    const [told] = (await once(child, 'message')) as [{ ok: true; value: unknown } | { ok: false; error: string }]
    if (!told.ok) throw new Error(told.error)
    return told.value
  }
  await answer()
  return {
    order(what: MemberOrder): Promise<unknown> {
      const answered = answer()
      child.send(what)
      return answered
    },
    async stop() {
      await this.order({ do: 'leave' })
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

const colleague = (index: number): ListEdit[] => {
  const personId = newPersonId()
  const sig = provider.randomBytes(32)
  const person = {
    personId,
    name: `Colleague Number ${index}`,
    title: 'Engineer',
    department: `Department ${index % 20}`,
    email: `colleague.${index}@example.org`,
    phone: `+49 30 ${100_000 + index}`,
    photoHash: null,
    roles: [],
  }
  const device = {
    id: deviceIdOf(sig),
    sig,
    dh: provider.randomBytes(32),
    name: 'Desktop',
    addedAt: Date.now(),
    invitation: null,
  }
  return [
    { kind: 'put-person', person },
    { kind: 'add-device', personId, device },
  ]
}

/** Alice and Bob in an office of so many people, both with its list. */
const officeOf = (people: number) => {
  const now = Date.now()
  const [alice, bob] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const [aliceId, bobId] = [newPersonId(), newPersonId()]
  const founder = { personId: aliceId, name: 'Alice', title: '', device: publicKeysOf(alice), deviceName: 'PC' }
  const { trusted, adminSeed } = foundOrganisation(provider, { name: 'Bench', founder, now })
  const { sig, dh } = publicKeysOf(bob)
  const details = { title: '', department: '', email: '', phone: '', photoHash: null, roles: [] }
  const edits: ListEdit[] = [
    { kind: 'put-person', person: { ...details, personId: bobId, name: 'Bob' } },
    {
      kind: 'add-device',
      personId: bobId,
      device: { id: deviceIdOf(sig), sig, dh, name: 'PC', addedAt: now, invitation: null },
    },
    ...Array.from({ length: people - 2 }, (_, index) => colleague(index)).flat(),
  ]
  const result = publishList(
    provider,
    trusted,
    signList(provider, prepareList(provider, trusted, { edits }, now), adminSeed),
    now,
  )
  if (result.kind !== 'updated') throw new Error(result.kind)
  return {
    trusted: result.trusted,
    adminSeed,
    members: [
      { keys: alice, id: aliceId },
      { keys: bob, id: bobId },
    ],
  }
}

const writeProfile = async (
  folder: string,
  trusted: TrustedState,
  { keys, id }: ReturnType<typeof officeOf>['members'][number],
) => {
  const store = openStore({ path: join(folder, 'profile.db'), key: new Uint8Array(32).fill(7) })
  await store.write(tx => {
    writeDocument(tx, 'device-keys', encodeDeviceKeys(keys))
    writeMeta(tx, 'feed-epoch', toHex(provider.randomBytes(16)))
    beginMembership(tx, trusted, id)
  })
  store.close()
}

const syncTimes = async (people: number): Promise<readonly number[]> => {
  const { trusted, adminSeed, members } = officeOf(people)
  const discoveryPort = 43_000 + Math.floor(Math.random() * 17_000)
  const folders = members.map(benchFolder)
  for (const [index, member] of members.entries()) await writeProfile(folders[index] ?? '', trusted, member)
  const [alice, bob] = await Promise.all(folders.map(folder => startMember({ folder, discoveryPort })))
  if (alice === undefined || bob === undefined) throw new Error('Two members are needed')
  try {
    await Promise.all([alice, bob].map(member => member.order({ do: 'await-connected', devices: 1 })))
    const took: number[] = []
    for (let run = 0; run < RUNS + 2; run += 1) {
      const version = trusted.list.header.version + run + 1
      const arrived = bob.order({ do: 'await-version', version })
      const beganAt = await alice.order({ do: 'sign', adminSeed, people: CHANGED, title: `Director ${run}` })
      took.push(((await arrived) as number) - (beganAt as number))
    }
    return took.slice(2)
  } finally {
    await Promise.all([alice.stop(), bob.stop()])
    for (const folder of folders) removeFolder(folder)
  }
}

/** Rows for the table of `npm run bench -- contacts`. */
export const contactsSyncRows = async (sizes: readonly number[]): Promise<Row[]> => {
  const baseline = (await echoTime()) + (await commitTime())
  const rows: Row[] = []
  for (const people of sizes)
    rows.push(
      row(
        `${people} people: five changed, from signing to in force elsewhere`,
        'ms',
        await syncTimes(people),
        baseline,
      ),
    )
  return rows
}
