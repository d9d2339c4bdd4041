import type { CryptoProvider } from '../../crypto/index.ts'
import {
  decodeFile,
  describeChanges,
  describeRootChange,
  reportVerification,
  type TrustedState,
} from '../../org/index.ts'
import type { RecordedChange } from '../../shared/contract/administration-entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { toldChanges, toldRootChange } from '../administration/recorded-changes.ts'
import { gravestOf } from '../administration/told-proposal.ts'
import { createNativeProvider } from '../native-crypto.ts'
import { nameIn } from './bundle-state.ts'

export interface BundleComparison {
  readonly organisationId: OrganisationId
  readonly before: { readonly list: number; readonly root: number; readonly signedAt: number }
  readonly after: { readonly list: number; readonly root: number; readonly signedAt: number }
  /** Who may sign, then the list; of more than `MAX_TOLD_CHANGES` the gravest. */
  readonly changes: readonly RecordedChange[]
  /** Of all, also of those that are not told one by one. */
  readonly changeCount: number
}

const trustedOf = (provider: CryptoProvider, bytes: Uint8Array, now: number): TrustedState => {
  const { kind, payload } = decodeFile(bytes)
  if (kind !== 'bundle') throw new LanyardError('bad-input', `The file holds no bundle but a ${kind}`)
  const { trusted, steps } = reportVerification(provider, payload, { organisationId: null, now })
  const refused = steps.find(({ outcome }) => outcome === 'refused')
  if (trusted === null)
    throw new LanyardError('document-malformed', `The bundle does not hold: ${refused?.detail ?? '?'}`)
  return trusted
}

const placeOf = ({ list, root }: TrustedState) => ({
  list: list.header.version,
  root: root.version,
  signedAt: list.header.issued,
})

/** What is different from one bundle to another of the same organisation. Both are verified first. */
export const compareBundles = (
  older: Uint8Array,
  newer: Uint8Array,
  { provider = createNativeProvider(), now }: { provider?: CryptoProvider; now: number },
): BundleComparison => {
  const before = trustedOf(provider, older, now)
  const after = trustedOf(provider, newer, now)
  if (before.organisationId !== after.organisationId)
    throw new LanyardError('wrong-organisation', 'The two bundles belong to different organisations')
  const nameOf: ReturnType<typeof nameIn> = id => (after.people.has(id) ? nameIn(after) : nameIn(before))(id)
  return {
    organisationId: after.organisationId,
    before: placeOf(before),
    after: placeOf(after),
    ...gravestOf([
      ...describeRootChange(before.root, after.root).map(change => toldRootChange(change, nameOf)),
      ...describeChanges(before, after).flatMap(change => toldChanges(change, nameOf)),
    ]),
  }
}
