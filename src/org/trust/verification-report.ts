import type { CryptoProvider } from '../../crypto/index.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { verifyHeader, verifyLeaves } from '../documents/contact-list.ts'
import { directoryOf } from '../documents/directory.ts'
import { mergeOrders } from '../documents/orders.ts'
import { asRefusal, type RefusalReason, RefusedDocument } from '../documents/refusal.ts'
import { type Root, rootDocument } from '../documents/root.ts'
import { extendChain, pinRoot, type RootChain, refuseExpiredRoot } from '../documents/root-chain.ts'
import type { SignedBytes } from '../documents/signed.ts'
import { organisationIdCodec } from '../fields.ts'
import { type Bundle, bundleDocument } from './bundle.ts'
import { listStatus } from './list-status.ts'
import { newerFreshness } from './newer-freshness.ts'
import { readPolicy } from './newer-list.ts'
import type { TrustedState } from './trusted.ts'

/** One thing that was looked at, and how it stands. */
export interface VerificationStep {
  /** What was looked at: `root 2`, `signatures`, `entries`. */
  readonly step: string
  /** `noticed`: nothing is refused for it, and somebody should know. */
  readonly outcome: 'ok' | 'noticed' | 'refused'
  readonly reason: RefusalReason | null
  readonly detail: string
}

export interface VerificationReport {
  readonly steps: readonly VerificationStep[]
  /** Computed from the first root; null where there is none. */
  readonly organisationId: OrganisationId | null
  /** Everything that the bundle says; null when a step refused it. */
  readonly trusted: TrustedState | null
  /** Of the trusted state, version 1 first; empty without one. */
  readonly roots: readonly Root[]
}

const day = (time: number) => new Date(time).toISOString().slice(0, 10)

const signatures = (count: number, { threshold }: { threshold: number }) => `${count} of ${threshold} signatures needed`

/**
 * Verifies a bundle as a device does that knows nothing but the organisation's id (docs/PROTOCOL.md section 3), and says
 * each step. Ends with the first that refuses. Without an id the one that the bundle itself claims is taken and told,
 * for a person to compare.
 */
export const reportVerification = (
  provider: CryptoProvider,
  bundleBytes: Uint8Array,
  { organisationId, now }: { organisationId: OrganisationId | null; now: number },
): VerificationReport => {
  const steps: VerificationStep[] = []
  const notice = (step: string, detail: string, reason: RefusalReason | null = null) =>
    steps.push({ step, outcome: 'noticed', reason, detail })
  /** Throws what the work throws, once it is told. */
  const look = <T>(step: string, work: () => T, describe: (result: T) => string): T => {
    try {
      const result = work()
      steps.push({ step, outcome: 'ok', reason: null, detail: describe(result) })
      return result
    } catch (error) {
      const { reason, message } = asRefusal(error)
      steps.push({ step, outcome: 'refused', reason, detail: message })
      throw error
    }
  }
  let claimed: OrganisationId | null = null

  const verify = (): TrustedState => {
    const bundle = look(
      'bundle',
      () => bundleDocument.decode(bundleBytes),
      () => `${bundleBytes.length} bytes, canonical`,
    )
    const first = look(
      'first root',
      () => firstRootOf(bundle),
      ({ document }) => `${document.length} bytes`,
    )
    claimed = organisationIdCodec.fromCanonical(provider.sha256(first.document), 'organisation')
    if (organisationId === null)
      notice('organisation', `${claimed}: compare it with one that you have from elsewhere, or name it`)
    const id = organisationId ?? claimed

    let chain = look('root 1', () => pinRoot(provider, id, first, now), describeRoot)
    for (const [at, root] of bundle.roots.slice(1).entries())
      chain = look(`root ${at + 2}`, () => extendChain(provider, chain, root, now), describeRoot)
    look(
      'root expiry',
      () => refuseExpiredRoot(chain, now),
      () => `root ${chain.root.version} runs until ${day(chain.root.expires)}`,
    )

    const list = look(
      'list signatures',
      () => verifyHeader(provider, chain, bundle.list, now),
      ({ header, signed }) =>
        `list ${header.version}: ${signatures(signed.signatures.length, chain.root.roles.contacts)}`,
    )
    const policy = look(
      'policy',
      () => readPolicy(provider, list.header, bundle.policy),
      () => 'the one that was signed',
    )
    const { leaves, tree } = look(
      'entries',
      () => verifyLeaves(provider, list.header, bundle.leaves, []),
      found => `${found.leaves.length}, as signed (Merkle root ${list.header.merkleRoot})`,
    )
    const directory = look(
      'devices',
      () => directoryOf(leaves),
      ({ devices }) => `${devices.size}, each once, none that was removed`,
    )
    const { orders, dropped } = mergeOrders(provider, chain, [], bundle.orders, now)
    for (const { reason, message } of dropped) notice('orders', message, reason)
    const known: TrustedState = {
      ...chain,
      list,
      leaves,
      tree,
      policy,
      ...directory,
      orders,
      freshness: null,
      forks: [],
    }
    return look(
      'freshness',
      () => newerFreshness(provider, known, bundle.freshness, now),
      ({ freshness }) => (freshness === null ? 'no statement' : `vouched for until ${day(freshness.value.expires)}`),
    )
  }

  try {
    const trusted = verify()
    const { freshness, expiresAt, freshUntil } = listStatus(trusted, now)
    if (freshness === 'expired') notice('age', `the list has run out on ${day(expiresAt)}`)
    else if (freshness === 'stale')
      notice('age', `nobody has vouched since ${day(freshUntil)} that this is the newest list`)
    else steps.push({ step: 'age', outcome: 'ok', reason: null, detail: `fresh; runs until ${day(expiresAt)}` })
    const roots = trusted.roots.map(({ document }) => rootDocument.decode(document))
    return { steps, organisationId: claimed, trusted, roots }
  } catch (error) {
    asRefusal(error) // anything else is a bug and goes on
    return { steps, organisationId: claimed, trusted: null, roots: [] }
  }
}

const firstRootOf = ({ roots }: Bundle): SignedBytes => {
  const [first] = roots
  if (first === undefined) throw new RefusedDocument('malformed', 'bundle: it holds no root')
  return first
}

const describeRoot = ({ root, roots }: RootChain): string =>
  `${root.name}, ${day(root.issued)}, ${signatures(roots.at(-1)?.signatures.length ?? 0, rootRole(root))}`

const rootRole = ({ roles }: Root) => roles.root
