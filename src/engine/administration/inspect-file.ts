import type { CryptoProvider } from '../../crypto/index.ts'
import {
  applyBundle,
  checkProposal,
  decodeFile,
  decodeNotices,
  describeChanges,
  describeRootChange,
  evidenceOfPair,
  type ForkEvidence,
  type KeyOffer,
  readNotice,
  readProposal,
  type TrustedState,
  verifyNotice,
} from '../../org/index.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import { linkOfFile } from './link-of-file.ts'
import type { NameOf } from './names.ts'
import { toldChanges, toldRootChange } from './recorded-changes.ts'
import { tellForks } from './told-forks.ts'
import { gravestOf, tellChanges } from './told-proposal.ts'

/** Forks of a file that are told; a device keeps no more of them either. */
const MAX_TOLD_FORKS = 8

type Inspected = EngineOutput<'file.inspect'>

/** What a file is looked at by. */
export interface InspectedBy {
  readonly trusted: TrustedState
  /** Of keys, verified. */
  readonly offers: readonly KeyOffer[]
  readonly nameOf: NameOf
}

/**
 * What taking a `.lanyard` file in would do; nothing is taken in. `by` is asked where the file is nothing without an
 * organisation, and may throw. `now`: milliseconds since 1970. Throws what reading the file and verifying it throw.
 */
export const inspectFile = (
  provider: CryptoProvider,
  file: Uint8Array,
  by: () => InspectedBy,
  now: number,
): Inspected => {
  const { kind, payload } = decodeFile(file)
  switch (kind) {
    case 'bundle':
      return { kind, ...inspectBundle(provider, payload, by(), now) }
    case 'proposal': {
      const known = by()
      const checked = checkProposal(provider, known.trusted, readProposal(payload))
      return { kind, version: checked.version, ...gravestOf(tellChanges(checked, known)), forks: [] }
    }
    case 'invitation':
      linkOfFile(provider, payload)
      return { kind, version: null, changes: [], changeCount: 0, forks: [] }
    case 'notices': {
      const known = by()
      const forks = told(known, forksOfNotices(provider, known.trusted, payload, now))
      return { kind, version: null, changes: [], changeCount: 0, forks }
    }
  }
}

const told = ({ trusted, nameOf }: InspectedBy, forks: readonly ForkEvidence[]) => tellForks(forks, trusted, nameOf)

/** What a bundle would change; of one that is refused as a fork, what it proves. */
const inspectBundle = (
  provider: CryptoProvider,
  payload: Uint8Array,
  by: InspectedBy,
  now: number,
): Omit<Inspected, 'kind'> => {
  const { trusted: before, nameOf } = by
  const result = applyBundle(provider, before, payload, now)
  if (result.kind === 'refused') {
    const { evidence, code, message } = result
    if (evidence === null) throw new LanyardError(code, message)
    return { version: evidence.version, changes: [], changeCount: 0, forks: told(by, [evidence]) }
  }
  const after = result.trusted
  const changes = [
    ...describeRootChange(before.root, after.root).map(change => toldRootChange(change, nameOf)),
    ...describeChanges(before, after).flatMap(change => toldChanges(change, nameOf)),
  ]
  const forks = result.kind === 'updated' ? result.changes.forks : []
  return { version: after.list.header.version, ...gravestOf(changes), forks: told(by, forks) }
}

/** What notices prove of forks; none that is nothing to this organisation. */
const forksOfNotices = (
  provider: CryptoProvider,
  trusted: TrustedState,
  payload: Uint8Array,
  now: number,
): readonly ForkEvidence[] => {
  const found = decodeNotices(payload).flatMap(bytes => {
    try {
      const notice = readNotice(provider, bytes)
      if (notice.kind !== 'fork') return []
      verifyNotice(provider, trusted, notice, now)
      return evidenceOfPair(trusted, notice.pair, now)
    } catch (error) {
      if (isLanyardError(error)) return []
      throw error
    }
  })
  return found.slice(0, MAX_TOLD_FORKS)
}
