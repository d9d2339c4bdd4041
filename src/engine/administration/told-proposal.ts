import type { CheckedProposal, DescribedRootChange, KeyOffer, Need, Root, TrustedState } from '../../org/index.ts'
import type { RecordedChange, Signer, Proposal as Told } from '../../shared/contract/administration-entities.ts'
import type { KeyId, PersonId } from '../../shared/ids.ts'
import { MAX_TOLD_CHANGES } from '../../shared/limits.ts'
import type { HeldProposal } from '../organisation/boards/proposal-board.ts'
import type { NameOf } from './names.ts'
import { toldChanges, toldRootChange } from './recorded-changes.ts'

/** How many signatures are there, and how many are asked for. */
export const tellNeeds = (needs: readonly Need[]): Told['needs'] =>
  needs.map(({ of, signed, threshold }) => ({ of, signed: signed.length, threshold }))

/** Of several needs the one that lacks most: what a person wants to know after signing. */
export const standOf = ({
  needs,
  version,
}: CheckedProposal): { version: number; signatures: number; threshold: number } => {
  const [most] = [...needs].sort((a, b) => b.threshold - b.signed.length - (a.threshold - a.signed.length))
  return { version, signatures: most?.signed.length ?? 0, threshold: most?.threshold ?? 0 }
}

/** Whoever holds a key, by what the root says; a key that belongs to nobody goes by its label. */
export const signerOf = (roots: readonly Root[], nameOf: NameOf) => {
  const keys = new Map(roots.flatMap(root => root.keys.map(key => [key.id, key] as const)))
  return (key: KeyId): Signer => {
    const known = keys.get(key)
    const personId = known?.holder ?? null
    const name = personId === null ? (known?.label ?? key.slice(0, 8)) : nameOf(personId)
    return { keyId: key, personId, name }
  }
}

/** What gives or takes power, before what corrects a line: only the first changes are read one by one. */
const gravest: readonly RecordedChange['kind'][] = [
  'key-added',
  'key-removed',
  'threshold-changed',
  'organisation-renamed',
  'policy-changed',
  'device-added',
  'device-removed',
  'person-removed',
  'person-added',
]
const gravity = ({ kind }: RecordedChange) => {
  const place = gravest.indexOf(kind)
  return place < 0 ? gravest.length : place
}

/** Whether the named holder has offered the key for what it is to sign: each offered key has signed for itself. */
const isOffered = (
  { holder, keyId, roles }: Extract<DescribedRootChange, { keyId: unknown }>,
  offers: readonly KeyOffer[],
): boolean =>
  offers.some(({ personId, contacts, freshness, root }) => {
    const places = { root, contacts, orders: contacts, freshness }
    return personId === holder && roles.every(role => places[role] === keyId)
  })

/**
 * Every change that a checked proposal makes, as it is told across the port. `offers`: those that this device has verified.
 */
export const tellChanges = (
  checked: CheckedProposal,
  { nameOf, offers }: Pick<Teller, 'nameOf' | 'offers'>,
): readonly RecordedChange[] => {
  if (checked.kind === 'root')
    return checked.changes.map(change => {
      const told = toldRootChange(change, nameOf)
      return change.kind === 'key-added' ? { ...told, isOffered: isOffered(change, offers) } : told
    })
  return checked.changes.flatMap(change => toldChanges(change, nameOf))
}

/** As many as go across the port, of very many the gravest first; and how many there are. */
export const gravestOf = (changes: readonly RecordedChange[]): Pick<Told, 'changes' | 'changeCount'> => ({
  changes: (changes.length <= MAX_TOLD_CHANGES ? changes : [...changes].sort((a, b) => gravity(a) - gravity(b))).slice(
    0,
    MAX_TOLD_CHANGES,
  ),
  changeCount: changes.length,
})

/** Who is behind the keys that may have signed it. */
const signersOf = ({ checked }: HeldProposal, { trusted, nameOf }: Pick<Teller, 'trusted' | 'nameOf'>) =>
  signerOf(checked.kind === 'root' ? [trusted.root, checked.root] : [trusted.root], nameOf)

/** Who is said to have proposed it, where a key of theirs has signed; otherwise whoever has. */
export const tellProposer = (held: HeldProposal, teller: Pick<Teller, 'trusted' | 'nameOf'>): Told['proposedBy'] => {
  const { proposal, checked } = held
  const { nameOf } = teller
  const [first] = checked.signed.map(signersOf(held, teller))
  if (checked.isProposerProven || first === undefined)
    return { personId: proposal.proposer, name: nameOf(proposal.proposer) }
  return { personId: first.personId ?? proposal.proposer, name: first.name }
}

/** Proposed by this person, and proven to be. */
export const isProposedBy = ({ proposal, checked }: HeldProposal, person: PersonId): boolean =>
  checked.isProposerProven && proposal.proposer === person

export interface Teller {
  trusted: TrustedState
  self: PersonId
  /** That this device holds for lists; null for none. */
  ownKey: KeyId | null
  /** Colleagues' and own, verified. */
  offers: readonly KeyOffer[]
  nameOf: NameOf
}

/** Whether this device's key, or a recovery sheet of its person, may still sign. */
export const wantsOwn = (
  { proposal: { kind }, checked }: HeldProposal,
  { trusted, self, ownKey }: Pick<Teller, 'trusted' | 'self' | 'ownKey'>,
): boolean => {
  const missing = new Set(checked.needs.flatMap(need => need.missing))
  if (kind === 'list') return ownKey !== null && missing.has(ownKey)
  const roots = checked.kind === 'root' ? [trusted.root, checked.root] : [trusted.root]
  return roots.some(root => root.keys.some(({ id, holder }) => holder === self && missing.has(id)))
}

export const tellProposal = (held: HeldProposal, teller: Teller): Told => {
  const { proposal, checked } = held
  const toSigner = signersOf(held, teller)
  return {
    id: checked.id,
    kind: proposal.kind,
    version: checked.version,
    proposedBy: tellProposer(held, teller),
    proposedAt: proposal.proposedAt,
    ...gravestOf(tellChanges(checked, teller)),
    signedBy: checked.signed.map(toSigner),
    needs: tellNeeds(checked.needs),
    wantsOwn: wantsOwn(held, teller),
    isOwn: isProposedBy(held, teller.self),
  }
}
