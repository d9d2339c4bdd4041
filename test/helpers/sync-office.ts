import { onTestFinished, vi } from 'vitest'
import { type DeviceKeys, decodeCanonical, generateDeviceKeys, publicKeysOf, toHex } from '../../src/crypto/index.ts'
import { createNativeProvider } from '../../src/engine/native-crypto.ts'
import { createForkWatch } from '../../src/engine/organisation/boards/fork-watch.ts'
import { createNoticeBoard, type NoticeBoard } from '../../src/engine/organisation/boards/notice-board.ts'
import { createProposalBoard, type ProposalBoard } from '../../src/engine/organisation/boards/proposal-board.ts'
import { beginMembership, type Membership, openMembership } from '../../src/engine/organisation/list/membership.ts'
import { createDeviceVersions, type DeviceVersions } from '../../src/engine/organisation/sync/device-versions.ts'
import { createSync, type Sync } from '../../src/engine/organisation/sync/sync.ts'
import type { Store } from '../../src/engine/storage/store.ts'
import {
  deviceIdOf,
  foundOrganisation,
  issueFreshness,
  type ListEdit,
  type Policy,
  prepareList,
  publishList,
  signList,
  type TrustedState,
  versionsOf,
} from '../../src/org/index.ts'
import { LanyardError } from '../../src/shared/errors.ts'
import type { DeviceId, PersonId } from '../../src/shared/ids.ts'
import { silentLog } from './silent-log.ts'
import { openTestStore } from './test-store.ts'

export const provider = createNativeProvider()

/** Somebody of the office with the real documents, boards, store and sync; only the cable between two is a function. */
export interface Colleague {
  readonly name: string
  readonly personId: PersonId
  readonly device: DeviceId
  readonly keys: DeviceKeys
  readonly store: Store
  readonly membership: Membership
  readonly notices: NoticeBoard
  readonly proposals: ProposalBoard
  readonly deviceVersions: DeviceVersions
  readonly sync: Sync
  /** What another one asks of this one; a liar replaces it. */
  answer: Sync['answer']
}

/** One request as it went over the cable. */
export interface Asked {
  readonly from: DeviceId
  readonly to: DeviceId
  /** First number of the frame, see docs/PROTOCOL.md section 4. */
  readonly type: number
  /** Of question and answer together. */
  bytes: number
}

export const newPersonId = (): PersonId => toHex(provider.randomBytes(16)) as PersonId

const identity = (name: string) => {
  const keys = generateDeviceKeys(provider)
  return { name, personId: newPersonId(), keys, device: deviceIdOf(keys.sig.publicKey) }
}
export type Identity = ReturnType<typeof identity>

export const detailsOf = (name: string, personId: PersonId) => ({
  personId,
  name,
  title: '',
  department: '',
  email: '',
  phone: '',
  photoHash: null,
  roles: [],
})

export const adding = ({ name, personId, keys }: Identity, now: number): ListEdit[] => {
  const { sig, dh } = publicKeysOf(keys)
  const device = { id: deviceIdOf(sig), sig, dh, name: 'PC', addedAt: now, invitation: null }
  return [
    { kind: 'put-person', person: detailsOf(name, personId) },
    { kind: 'add-device', personId, device },
  ]
}

/** Alice's organisation, and cables between its members that the test puts in and pulls. */
export const foundOffice = async () => {
  const time = { now: Date.now() }
  const now = () => time.now
  const asked: Asked[] = []
  const colleagues = new Map<DeviceId, Colleague>()
  const cables = new Set<string>()
  const cable = (a: DeviceId, b: DeviceId) => [a, b].sort().join(' ')

  const connectedTo = (device: DeviceId) =>
    [...colleagues.keys()].filter(other => other !== device && cables.has(cable(device, other)))

  const typeOf = (frame: Uint8Array) => (decodeCanonical(frame, { maxBytes: 2 ** 24 }) as number[])[0] ?? 0

  const moveIn = async (who: Identity, trusted: TrustedState): Promise<Colleague> => {
    const { device } = who
    const store = openTestStore()
    await store.write(tx => beginMembership(tx, trusted, who.personId))
    const membership = openMembership({ store, provider, device, now })
    if (membership === undefined) throw new Error(`${who.name} has no organisation`)
    const notices = createNoticeBoard({ store, provider, membership, now, log: silentLog })
    const proposals = createProposalBoard({ store, provider, membership, log: silentLog })
    const deviceVersions = createDeviceVersions({ store, now, log: silentLog })
    const sync = createSync({
      store,
      provider,
      membership,
      notices,
      proposals,
      deviceVersions,
      async ask(to, bytes) {
        const other = colleagues.get(to)
        if (other === undefined || !cables.has(cable(device, to))) throw new LanyardError('network-failed', 'No cable')
        const entry = { from: device, to, type: typeOf(bytes), bytes: bytes.length }
        asked.push(entry)
        const answer = await other.answer(device, bytes).catch((cause: unknown) => {
          throw new LanyardError('network-failed', 'The stream was reset', { cause })
        })
        entry.bytes += answer.length
        return answer
      },
      connected: () => connectedTo(device),
      log: silentLog,
    })
    const forks = createForkWatch({ membership, notices, now })
    notices.onChanged(() => void forks.look())
    membership.onChanged(changes => {
      void forks.look()
      if (changes === null) return
      sync.announce()
      void notices.review()
      void proposals.review()
    })
    notices.onChanged(sync.announce)
    proposals.onChanged(sync.announce)
    const colleague = { ...who, store, membership, notices, proposals, deviceVersions, sync, answer: sync.answer }
    colleagues.set(device, colleague)
    onTestFinished(sync.stop)
    return colleague
  }

  const founder = identity('Alice')
  const founded = foundOrganisation(provider, {
    name: 'Hafen & Co',
    founder: { ...founder, title: '', device: publicKeysOf(founder.keys), deviceName: 'PC' },
    now: time.now,
  })
  const alice = await moveIn(founder, founded.trusted)

  const publish = (edits: readonly ListEdit[], policy: Partial<Policy> = {}, by: Colleague = alice) =>
    by.membership.change(trusted => {
      const content = { edits, policy: { ...trusted.policy.value, ...policy } }
      return publishList(
        provider,
        trusted,
        signList(provider, prepareList(provider, trusted, content, now()), founded.adminSeed),
        now(),
      )
    })

  return {
    time,
    alice,
    founded,
    asked,
    publish,
    identity,
    moveIn,
    vouch: () =>
      alice.membership.change(trusted =>
        issueFreshness(provider, trusted, founded.freshnessSeed, now(), { joinsUntil: 0 }),
      ),
    /** On the list, and in possession of it. */
    async join(name: string): Promise<Colleague> {
      const who = identity(name)
      await publish(adding(who, now()))
      return moveIn(who, alice.membership.trusted())
    },
    connect(a: Colleague, b: Colleague) {
      cables.add(cable(a.device, b.device))
      const [ofA, ofB] = [a.sync.ownVersions(), b.sync.ownVersions()]
      a.sync.onConnected(b.device, ofB)
      b.sync.onConnected(a.device, ofA)
    },
    disconnect(a: Colleague, b: Colleague) {
      cables.delete(cable(a.device, b.device))
      a.sync.onDisconnected(b.device)
      b.sync.onDisconnected(a.device)
    },
  }
}

export type Office = Awaited<ReturnType<typeof foundOffice>>

export const versionOf = ({ membership }: Colleague): number => membership.trusted().list.header.version
export const standingOf = ({ membership }: Colleague) => versionsOf(membership.trusted())

/** The state that a story waits for; fails after some seconds. */
export const until = (what: string, accepts: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      if (!accepts()) throw new Error(`waits in vain for ${what}`)
    },
    { timeout: 15_000, interval: 10 },
  )
