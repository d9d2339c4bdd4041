import { type CryptoProvider, utf8 } from '../../crypto/index.ts'
import {
  decodeFile,
  decodeNotices,
  encodeFile,
  encodeForkNotice,
  encodeNotices,
  encodeProposal,
  noticeId,
  readProposal,
  type TrustedState,
} from '../../org/index.ts'
import type { EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Member } from '../member.ts'
import type { JoiningProcess } from '../organisation/joining/joining.ts'
import { fileName } from './file-name.ts'
import { type InspectedBy, inspectFile } from './inspect-file.ts'
import { linkOfFile } from './link-of-file.ts'

type Exported = EngineOutput<'file.export'>
type Imported = EngineOutput<'file.import'>
type Inspected = EngineOutput<'file.inspect'>

export interface FilesInit {
  provider: CryptoProvider
  /** Undefined before an organisation is founded or joined. */
  member(): Member | undefined
  joining: Pick<JoiningProcess, 'requestNotice' | 'takeBundle'>
  now(): number
}

/** `.lanyard` files: what goes out and what comes in without a network. */
export interface Files {
  /** Throws `not-joined`, `removed`, and by kind `proposal-unknown`, `invitation-unknown`, `not-admin`, `request-unknown`. */
  export(input: EngineInput<'file.export'>): Exported
  /** Throws what reading and verifying the file throw, `not-joined`, `removed`. */
  import(bytes: Uint8Array): Promise<Imported>
  /** See `inspectFile`. */
  inspect(bytes: Uint8Array): Inspected
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

  const inspectedBy = (): InspectedBy => {
    const { membership, administration, notices } = expectMember()
    const offers = notices.ofKind('key-offer').map(({ offer }) => offer)
    return { trusted: membership.trusted(), offers, nameOf: administration.nameOf }
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
          const self = administration.nameOf(membership.self.personId)
          return { name: fileName(`Keys ${self}`, 'lanyard'), bytes: encodeFile('notices', encodeNotices([notice])) }
        }
        case 'forks': {
          const { root, forks } = expectMember().membership.trusted()
          const proofs = forks.flatMap(fork => encodeForkNotice(fork) ?? []).map(bytes => ({ bytes }))
          if (proofs.length === 0) throw new LanyardError('bad-input', 'There is no evidence that fits into a file')
          const name = fileName(`${root.name} contradictions`, 'lanyard')
          return { name, bytes: encodeFile('notices', encodeNotices(proofs)) }
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
          return { kind, link: linkOfFile(provider, payload) }
        case 'notices':
          return importNotices(payload)
      }
    },
    inspect: bytes => inspectFile(provider, bytes, inspectedBy, now()),
  }
}
