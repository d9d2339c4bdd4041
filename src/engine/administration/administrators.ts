import { type CryptoProvider, type DeviceKeys, toHex } from '../../crypto/index.ts'
import {
  keyOfferFingerprint,
  makeKeyOffer,
  makeOfferWithdrawal,
  type NoticeOf,
  proposeRoot,
  type RoleName,
  type Root,
  signProposal,
} from '../../org/index.ts'
import type { EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import { createEmitter } from '../emitter.ts'
import type { NoticeBoard } from '../organisation/boards/notice-board.ts'
import type { ProposalBoard } from '../organisation/boards/proposal-board.ts'
import type { AdminKey } from '../organisation/keys/admin-key.ts'
import {
  adoptOffer,
  dropOffer,
  keepOffer,
  makeSeeds,
  readOffer,
  wipeSeeds,
  wrapOffer,
} from '../organisation/keys/offered-keys.ts'
import { isRootSeedKept } from '../organisation/keys/recovery.ts'
import type { Membership } from '../organisation/list/membership.ts'
import { checkPassphrase } from '../profile/passphrase.ts'
import { deleteDocument, readDocument } from '../storage/documents.ts'
import type { Store } from '../storage/store.ts'
import type { Changes, Signed } from './changes.ts'
import { withRecoveryWords } from './recovery-key.ts'

/** Milliseconds that an offer stands: as long as a notice may. */
const OFFERED_FOR = 90 * 86_400_000

const ROLES: readonly RoleName[] = ['root', 'contacts', 'orders', 'freshness']

/** Who may sign for the organisation, and how that changes. */
export interface Administrators {
  get(): EngineOutput<'administrators.get'>
  /** Throws `passphrase-weak`, and `change-impossible` while another recovery sheet is not confirmed. */
  offer(passphrase: string): Promise<{ words: string[] }>
  /** Spreads: no administrator takes it up any more. */
  withdrawOffer(): Promise<void>
  /** For a file. Throws `request-unknown` where nothing is offered. */
  ownOfferNotice(): NoticeOf<'key-offer'>
  /** See `administrators.change`. */
  change(input: EngineInput<'administrators.change'>): Promise<Signed>
  /** A new root: takes up own keys that it names, and lets go of those that it does not name any more. */
  onRootChanged(): Promise<void>
  /** Colleagues' offers that wait. */
  offerCount(): number
  onChanged(listener: () => void): () => void
}

export interface AdministratorsInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  membership: Membership
  adminKey: AdminKey
  notices: NoticeBoard
  proposals: ProposalBoard
  changes: Pick<Changes, 'submit' | 'nameOf'>
  now(): number
}

const rolesOf = ({ roles }: Root, id: string): RoleName[] =>
  ROLES.filter(name => roles[name].keys.some(key => key === id))

export const createAdministrators = (init: AdministratorsInit): Administrators => {
  const { store, provider, keys, membership, adminKey, notices, proposals, changes, now } = init
  const { self } = membership
  const changed = createEmitter()

  const wordsOf = ({ offer }: NoticeOf<'key-offer'>) => [
    ...keyOfferFingerprint(provider, membership.trusted().organisationId, offer),
  ]

  const findOwnOffer = () => {
    const kept = readOffer(store)
    const notice = kept === undefined ? undefined : notices.find(kept.notice)
    return notice?.kind === 'key-offer' ? notice : null
  }

  const ownOffer = () => {
    const notice = findOwnOffer()
    return notice && { words: wordsOf(notice), offeredAt: notice.offer.offeredAt }
  }

  const freshnessKey = (): string | undefined => {
    const seed = readDocument(store, 'freshness-seed')
    const key = seed && toHex(provider.ed25519PublicKey(seed))
    seed?.fill(0)
    return key
  }

  return {
    get() {
      const { root } = membership.trusted()
      const here = [adminKey.id(), freshnessKey()]
      const ruleOf = (name: RoleName) => ({ threshold: root.roles[name].threshold, keys: root.roles[name].keys.length })
      return {
        rootVersion: root.version,
        signedAt: root.issued,
        expiresAt: root.expires,
        roles: {
          root: ruleOf('root'),
          contacts: ruleOf('contacts'),
          orders: ruleOf('orders'),
          freshness: ruleOf('freshness'),
        },
        keys: root.keys.map(({ id, holder, label }) => ({
          id,
          personId: holder,
          name: holder === null ? label : changes.nameOf(holder),
          label,
          roles: rolesOf(root, id),
          isHere: here.includes(id),
        })),
        offers: notices.ofKind('key-offer').map(notice => ({
          id: notice.id,
          personId: notice.offer.personId,
          name: changes.nameOf(notice.offer.personId),
          words: wordsOf(notice),
          hasRootKey: notice.offer.root !== null,
          offeredAt: notice.offer.offeredAt,
        })),
        ownOffer: ownOffer(),
      }
    },
    async offer(passphrase) {
      checkPassphrase(passphrase)
      const before = readOffer(store)
      if (before === undefined && isRootSeedKept(store))
        throw new LanyardError('change-impossible', 'Another recovery sheet is not confirmed yet')
      const seeds = makeSeeds(provider)
      try {
        const offeredAt = now()
        const { organisationId: organisation } = membership.trusted()
        const notice = makeKeyOffer(
          provider,
          { organisation, personId: self.personId, offeredAt, until: offeredAt + OFFERED_FOR, seeds },
          keys,
        )
        const wrapped = await wrapOffer(provider, seeds, { passphrase, offeredAt, notice: notice.id })
        await store.write(tx => keepOffer(tx, wrapped, seeds.root)) // before anybody can take them up
        await notices.add(notice.bytes)
        changed.emit()
        return { words: notice.kind === 'key-offer' ? wordsOf(notice) : [] }
      } finally {
        wipeSeeds(seeds)
      }
    },
    async withdrawOffer() {
      const kept = readOffer(store)
      if (kept === undefined) return
      const { organisationId: organisation } = membership.trusted()
      // newer than the offer, by whatever clock
      const issued = Math.max(now(), kept.offeredAt + 1)
      const until = kept.offeredAt + OFFERED_FOR
      const fields = { organisation, personId: self.personId, issued, until }
      if (until > issued) await notices.add(makeOfferWithdrawal(provider, fields, keys).bytes)
      await notices.remove(kept.notice)
      await store.write(dropOffer)
      changed.emit()
    },
    ownOfferNotice() {
      const notice = findOwnOffer()
      if (notice === null) throw new LanyardError('request-unknown', 'This device offers no keys')
      return notice
    },
    async change({ words, add, remove, thresholds }) {
      const trusted = membership.trusted()
      const signed = withRecoveryWords(provider, { words, roots: [trusted.root] }, seed => {
        const offers = add.map(id => {
          const notice = notices.ofKind('key-offer').find(each => each.id === id)
          if (notice === undefined) throw new LanyardError('change-impossible', 'An offer is not there any more')
          return notice.offer
        })
        const removed = remove as readonly string[] as readonly Root['keys'][number]['id'][]
        const next = { add: offers, remove: removed, thresholds }
        return signProposal(provider, trusted, proposeRoot(provider, trusted, next, self.personId, now()), seed)
      })
      return changes.submit(await proposals.put(signed))
    },
    async onRootChanged() {
      const { root } = membership.trusted()
      const kept = readOffer(store)
      const isTakenUp = kept !== undefined && rolesOf(root, kept.contacts.key).includes('contacts')
      const freshness = freshnessKey()
      const isFreshnessOver = freshness !== undefined && !rolesOf(root, freshness).includes('freshness')
      // a key that may sign no more, or an earlier one of this person
      if (isTakenUp || !adminKey.isHeld() || !membership.isMember()) adminKey.lock()
      if (!isTakenUp && !isFreshnessOver) return
      await store.write(tx => {
        if (isFreshnessOver) deleteDocument(tx, 'freshness-seed')
        if (isTakenUp) adoptOffer(tx, kept)
      })
      changed.emit()
    },
    offerCount: () => notices.ofKind('key-offer').filter(({ offer }) => offer.personId !== self.personId).length,
    onChanged: changed.on,
  }
}
