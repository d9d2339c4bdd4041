import type { CryptoProvider } from '../../crypto/index.ts'
import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { blob, documentOf, literal, record } from '../codec.ts'
import { headerDocument } from '../documents/contact-list.ts'
import { directoryOf } from '../documents/directory.ts'
import { forks } from '../documents/fork.ts'
import { freshnessDocument } from '../documents/freshness.ts'
import { decodeLeaf } from '../documents/leaf.ts'
import { orderDocument } from '../documents/orders.ts'
import { policyDocument } from '../documents/policy.ts'
import { asRefusal, RefusedDocument } from '../documents/refusal.ts'
import { hashOf, rootDocument } from '../documents/root.ts'
import { organisationIdCodec } from '../fields.ts'
import { MAX_FORKS, MAX_ROOT_BYTES } from '../limits.ts'
import { bundleDocument, bundleOf } from './bundle.ts'
import type { TrustedState } from './trusted.ts'

const stored = documentOf(
  record({
    format: [0, literal(1)],
    organisation: [1, organisationIdCodec],
    bundle: [2, blob(MAX_BUNDLE_BYTES)],
    forks: [3, forks],
  }),
  'trusted state',
  MAX_BUNDLE_BYTES + MAX_FORKS * 3 * MAX_ROOT_BYTES,
)

/** For the profile's own encrypted store. */
export const encodeTrusted = (trusted: TrustedState): Uint8Array =>
  stored.encode({
    format: 1,
    organisation: trusted.organisationId,
    bundle: bundleDocument.encode(bundleOf(trusted)),
    forks: trusted.forks,
  })

/**
 * Reads what `encodeTrusted` wrote. The store authenticates its bytes and they were verified before they went in, so
 * neither signatures nor expiry are looked at again: a device must start with an expired list, and quickly.
 * Throws RefusedDocument.
 */
export const decodeTrusted = (provider: CryptoProvider, bytes: Uint8Array): TrustedState => {
  try {
    const { organisation, bundle: bundleBytes, forks } = stored.decode(bytes)
    const bundle = bundleDocument.decode(bundleBytes)
    const newest = bundle.roots.at(-1)
    if (newest === undefined) throw new RefusedDocument('malformed', 'trusted state: it holds no root')
    const leaves = bundle.leaves.map(decodeLeaf)
    const { list, freshness } = bundle
    return {
      organisationId: organisation,
      roots: bundle.roots,
      root: rootDocument.decode(newest.document),
      list: { signed: list, header: headerDocument.decode(list.document), hash: hashOf(provider, list.document) },
      leaves,
      tree: null,
      policy: { bytes: bundle.policy, value: policyDocument.decode(bundle.policy) },
      freshness: freshness && { signed: freshness, value: freshnessDocument.decode(freshness.document) },
      orders: bundle.orders.map(signed => ({ signed, value: orderDocument.decode(signed.document) })),
      forks,
      ...directoryOf(leaves),
    }
  } catch (error) {
    throw asRefusal(error)
  }
}
