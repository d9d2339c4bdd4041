import { type CryptoProvider, concatBytes, fromHex, toHex } from '../../../crypto/index.ts'
import { encodeProposal, NO_DIGEST, type Versions } from '../../../org/index.ts'
import { LanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { ProposalBoard } from '../boards/proposal-board.ts'
import { mayReadProposals } from '../boards/proposal-readers.ts'
import type { Membership } from '../list/membership.ts'
import type { IgnoredDevices } from './ignored-devices.ts'
import type { AskPeer } from './sync-asking.ts'
import type { HeldSignatures, SyncFrame } from './sync-frame.ts'

/** Milliseconds: a proposal may be an import of 10,000 people. */
const PROPOSALS_TIMEOUT = 60_000

/** Bytes of proposals in one answer; one goes out whatever its size, the others follow in the next round. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024

/** Exchanges in a row: frames hold all that a board may carry in fewer. */
const MAX_ROUNDS = 32

/** Refused in one hand-over before the device is ignored: each takes checking a whole list. */
const MAX_REFUSED = 4

export interface ProposalSyncInit {
  provider: CryptoProvider
  membership: Pick<Membership, 'trusted' | 'self'>
  proposals: ProposalBoard
  askPeer: AskPeer
  claimOf(device: DeviceId): Versions | undefined
  ignored: IgnoredDevices
  log: Log
}

/** Brings proposals and their signatures from one administrator's device to the others. Each side fetches for itself. */
export interface ProposalSync {
  /** 8 bytes in hex over what waits here; zeros for a device that may not know. */
  digestFor(device: DeviceId): string
  fetch(device: DeviceId): Promise<void>
  /** Throws `not-admin` for a device that may not know. */
  answer(device: DeviceId, held: readonly HeldSignatures[]): SyncFrame
  onDisconnected(device: DeviceId): void
}

export const createProposalSync = (init: ProposalSyncInit): ProposalSync => {
  const { provider, membership, proposals, askPeer, claimOf, ignored, log } = init
  const underWay = new Set<DeviceId>()
  /** Both digests at the last fetch from a device: it is not repeated for the same difference. */
  const settled = new Map<DeviceId, string>()

  const held = (): HeldSignatures[] =>
    proposals.all().map(({ checked }) => ({ id: checked.id, signers: [...checked.signed].sort() }))

  const mayExchange = (device: DeviceId) => {
    const trusted = membership.trusted()
    return mayReadProposals(trusted, device) && mayReadProposals(trusted, membership.self.deviceId)
  }

  const digestFor = (device: DeviceId) => {
    const named = mayExchange(device) ? held() : []
    if (named.length === 0) return NO_DIGEST
    const parts = named.sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap(({ id, signers }) => [id, ...signers])
    return toHex(provider.sha256(concatBytes(...parts.map(fromHex))).subarray(0, 8))
  }

  const difference = (device: DeviceId) => {
    const [own, theirs] = [digestFor(device), claimOf(device)?.proposals]
    return theirs === undefined || theirs === NO_DIGEST || theirs === own ? undefined : `${own} ${theirs}`
  }

  return {
    digestFor,
    async fetch(device) {
      if (!mayExchange(device) || underWay.has(device)) return
      underWay.add(device)
      try {
        for (let round = 0; round < MAX_ROUNDS; round += 1) {
          const before = difference(device)
          if (before === undefined || before === settled.get(device) || ignored.has(device)) return
          const question = { kind: 'proposal-ids', held: held() } as const
          const answer = await askPeer(device, question, ['proposals'], PROPOSALS_TIMEOUT)
          const { refused } = await proposals.takeOver(answer.proposals)
          for (const { code, message } of refused) log.info({ device, code, message }, 'a proposal was refused')
          if (refused.length >= MAX_REFUSED) ignored.ignore(device, 'proposals that are not good')
          settled.set(device, before)
        }
      } finally {
        underWay.delete(device)
      }
    },
    answer(device, theirs) {
      if (!mayExchange(device)) throw new LanyardError('not-admin', 'Proposals are for administrators alone')
      const known = new Map(theirs.map(({ id, signers }) => [id, new Set(signers)]))
      const wanted = proposals.all().filter(({ checked }) => {
        const signers = known.get(checked.id)
        return signers === undefined || checked.signed.some(key => !signers.has(key))
      })
      // a large one must not keep the others waiting: it may be a thief's, and they what ends the theft
      const smallestFirst = wanted.map(({ proposal }) => encodeProposal(proposal)).sort((a, b) => a.length - b.length)
      let size = 0
      const fitting: Uint8Array[] = []
      for (const bytes of smallestFirst) {
        size += bytes.length
        if (fitting.length > 0 && size > MAX_FRAME_BYTES) break
        fitting.push(bytes)
      }
      return { kind: 'proposals', proposals: fitting }
    },
    onDisconnected: device => void settled.delete(device),
  }
}
