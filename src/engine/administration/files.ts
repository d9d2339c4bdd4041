import { type CryptoProvider, utf8 } from '../../crypto/index.ts'
import {
  applyBundle,
  checkProposal,
  decodeFile,
  decodeNotices,
  describeChanges,
  describeRootChange,
  encodeFile,
  encodeNotices,
  encodeProposal,
  evidenceOfPair,
  type ForkEvidence,
  noticeId,
  parseInvitation,
  readNotice,
  readProposal,
  type TrustedState,
  verifyNotice,
} from '../../org/index.ts'
import type { RecordedChange } from '../../shared/contract/administration-entities.ts'
import type { EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { Member } from '../member.ts'
import type { JoiningProcess } from '../organisation/joining/joining.ts'
import { fileName } from './file-name.ts'
import { toldChanges, toldRootChange } from './recorded-changes.ts'
import { tellForks } from './told-forks.ts'
import { gravestOf, tellChanges } from './told-proposal.ts'

/** Forks of a file that are told; a device keeps no more of them either. */
const MAX_TOLD_FORKS = 8

type Exported = EngineOutput<'file.export'>
type Imported = EngineOutput<'file.import'>
type Inspected = EngineOutput<'file.inspect'>

export interface FilesInit {
  provider: CryptoProvider
  /** Undefined before an organisation is founded or joined. */
  member(): Member | undefined
  joining: JoiningProcess
  now(): number
}

/** `.lanyard` files: what goes out and what comes in without a network. */
export interface Files {
  export(input: EngineInput<'file.export'>): Exported
  import(bytes: Uint8Array): Promise<Imported>
  inspect(bytes: Uint8Array): Inspected
}

const linkOf = (payload: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload)
  } catch (cause) {
    throw new LanyardError('invitation-malformed', 'The file holds no invitation', { cause })
  }
}

export const createFiles = ({ provider, member, joining, now }: FilesInit): Files => {
  const expectMember = (): Member => {
    const current = member()
    if (current === undefined) throw new LanyardError('not-joined', 'This profile belongs to no organisation yet')
    return current
  }
  /** Throws `removed`. */
  const expectListed = (): Member => {
    const current = expectMember()
    if (!current.membership.isMember())
      throw new LanyardError('removed', 'This device was removed from the organisation')
    return current
  }

  const readLink = (payload: Uint8Array) => {
    const link = linkOf(payload)
    parseInvitation(provider, link)
    return link
  }

  const importBundle = async (payload: Uint8Array): Promise<Imported> => {
    const told = (isNews: boolean, { list }: TrustedState): Imported => ({
      kind: 'bundle',
      isNews,
      version: list.header.version,
      signedAt: list.header.issued,
    })
    const current = member()
    if (current === undefined) return told(true, await joining.takeBundle(payload))
    const result = await current.membership.apply(payload)
    if (result.kind === 'refused') throw new LanyardError(result.code, result.message)
    return told(result.kind === 'updated', result.trusted)
  }

  const importNotices = async (payload: Uint8Array): Promise<Imported> => {
    const { notices, requests } = expectListed()
    const encoded = decodeNotices(payload)
    const { refused } = await notices.addAll(encoded)
    const [first] = refused
    if (first !== undefined && refused.length === encoded.length) throw first
    await requests.takeNotices()
    const kinds = encoded.flatMap(bytes => notices.find(noticeId(provider, bytes))?.kind ?? [])
    const countOf = (wanted: (typeof kinds)[number]) => kinds.filter(kind => kind === wanted).length
    const told = { requests: countOf('join-request'), offers: countOf('key-offer'), forks: countOf('fork') }
    return { kind: 'notices', ...told, others: kinds.length - told.requests - told.offers - told.forks }
  }

  /** What notices prove of forks; none that is nothing to this organisation. */
  const forksOfNotices = ({ membership }: Member, payload: Uint8Array): readonly ForkEvidence[] => {
    const trusted = membership.trusted()
    const found = decodeNotices(payload).flatMap(bytes => {
      try {
        const notice = readNotice(provider, bytes)
        if (notice.kind !== 'fork') return []
        verifyNotice(provider, trusted, notice, now())
        return evidenceOfPair(trusted, notice.pair, now())
      } catch (error) {
        if (isLanyardError(error)) return []
        throw error
      }
    })
    return found.slice(0, MAX_TOLD_FORKS)
  }

  const told = ({ membership, administration }: Member, forks: readonly ForkEvidence[]) =>
    tellForks(forks, membership.trusted(), administration.changes.nameOf)

  /** What a bundle would change; of one that is refused as a fork, what it proves. */
  const bundleChanges = ({ membership, administration }: Member, payload: Uint8Array) => {
    const before = membership.trusted()
    const result = applyBundle(provider, before, payload, now())
    if (result.kind === 'refused') {
      const { evidence, code, message } = result
      if (evidence === null) throw new LanyardError(code, message)
      return { version: evidence.version, changes: [], forks: [evidence] }
    }
    const { nameOf } = administration.changes
    const after = result.trusted
    const forks = result.kind === 'updated' ? result.changes.forks : []
    const changes: RecordedChange[] = [
      ...describeRootChange(before.root, after.root).map(change => toldRootChange(change, nameOf)),
      ...describeChanges(before, after).flatMap(change => toldChanges(change, nameOf)),
    ]
    return { version: after.list.header.version, changes, forks }
  }

  return {
    export(input) {
      switch (input.what) {
        case 'bundle': {
          const { membership } = expectMember()
          const { root, list } = membership.trusted()
          const name = fileName(`${root.name} ${list.header.version}`, 'lanyard')
          return { name, bytes: encodeFile('bundle', membership.bundle()) }
        }
        case 'proposal': {
          const { proposals, membership } = expectListed()
          const held = proposals.find(input.id)
          if (held === undefined) throw new LanyardError('proposal-unknown', 'No such change waits for signatures')
          const name = fileName(`${membership.trusted().root.name} change ${held.checked.version}`, 'lanyard')
          return { name, bytes: encodeFile('proposal', encodeProposal(held.proposal)) }
        }
        case 'invitation': {
          const { invitations, adminKey } = expectListed()
          if (!adminKey.isHeld()) throw new LanyardError('not-admin', 'Only an administrator invites')
          const link = invitations.link(input.id)
          const name = fileName(`Invitation ${invitations.find(input.id)?.name ?? ''}`, 'lanyard')
          return { name, bytes: encodeFile('invitation', utf8(link)) }
        }
        case 'join-request': {
          const { name, notice } = joining.requestNotice()
          return { name: fileName(`Request ${name}`, 'lanyard'), bytes: encodeFile('notices', encodeNotices([notice])) }
        }
        case 'key-offer': {
          const { administration, membership } = expectListed()
          const notice = administration.administrators.ownOfferNotice()
          const self = administration.changes.nameOf(membership.self.personId)
          return { name: fileName(`Keys ${self}`, 'lanyard'), bytes: encodeFile('notices', encodeNotices([notice])) }
        }
      }
    },
    async import(bytes) {
      const { kind, payload } = decodeFile(bytes)
      switch (kind) {
        case 'bundle':
          return importBundle(payload)
        case 'proposal': {
          const { proposals, administration } = expectListed()
          const held = await proposals.put(readProposal(payload))
          await administration.changes.submit(held)
          return { kind, id: held.checked.id }
        }
        case 'invitation':
          return { kind, link: readLink(payload) }
        case 'notices':
          return importNotices(payload)
      }
    },
    inspect(bytes) {
      const { kind, payload } = decodeFile(bytes)
      switch (kind) {
        case 'bundle': {
          const current = expectMember()
          const { version, changes, forks } = bundleChanges(current, payload)
          return { kind, version, ...gravestOf(changes), forks: told(current, forks) }
        }
        case 'proposal': {
          const { membership, administration, notices } = expectMember()
          const checked = checkProposal(provider, membership.trusted(), readProposal(payload))
          const offers = notices.ofKind('key-offer').map(({ offer }) => offer)
          const changes = tellChanges(checked, { nameOf: administration.changes.nameOf, offers })
          return { kind, version: checked.version, ...gravestOf(changes), forks: [] }
        }
        case 'invitation':
          readLink(payload)
          return { kind, version: null, changes: [], changeCount: 0, forks: [] }
        case 'notices': {
          const current = expectMember()
          return {
            kind,
            version: null,
            changes: [],
            changeCount: 0,
            forks: told(current, forksOfNotices(current, payload)),
          }
        }
      }
    },
  }
}
