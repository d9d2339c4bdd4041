import { type CryptoProvider, type DeviceKeys, wipe } from '../../crypto/index.ts'
import { keyIdOf, proposeRoot, type RoleName, rolesOf, signProposal } from '../../org/index.ts'
import type { EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { KeyId } from '../../shared/ids.ts'
import { createEmitter } from '../emitter.ts'
import type { NoticeBoard } from '../organisation/boards/notice-board.ts'
import type { ProposalBoard } from '../organisation/boards/proposal-board.ts'
import type { AdminKey } from '../organisation/keys/admin-key.ts'
import { adoptOffer, readOffer } from '../organisation/keys/offered-keys.ts'
import type { Membership } from '../organisation/list/membership.ts'
import { deleteDocument, readDocument } from '../storage/documents.ts'
import type { Store } from '../storage/store.ts'
import type { Changes, Signed } from './changes.ts'
import type { NameOf } from './names.ts'
import { createOwnOffer, type OwnOffer, wordsOfOffer } from './own-offer.ts'
import { withRecoveryWords } from './recovery-key.ts'

/** Who may sign for the organisation, and how that changes. */
export interface Administrators {
  get(): EngineOutput<'administrators.get'>
  /** See `OwnOffer`. */
  offer: OwnOffer['make']
  withdrawOffer: OwnOffer['withdraw']
  ownOfferNotice: OwnOffer['notice']
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
  changes: Pick<Changes, 'submit'>
  nameOf: NameOf
  now(): number
}

export const createAdministrators = (init: AdministratorsInit): Administrators => {
  const { store, provider, membership, adminKey, notices, proposals, changes, nameOf, now } = init
  const { self } = membership
  const changed = createEmitter()
  const ownOffer = createOwnOffer(init)
  ownOffer.onChanged(changed.emit)

  const freshnessKey = (): KeyId | null => {
    const seed = readDocument(store, 'freshness-seed')
    if (seed === undefined) return null
    const key = keyIdOf(provider, seed)
    wipe(seed)
    return key
  }

  return {
    get() {
      const { root, organisationId } = membership.trusted()
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
          name: holder === null ? label : nameOf(holder),
          label,
          roles: rolesOf(root, id),
          isHere: here.includes(id),
        })),
        offers: notices.ofKind('key-offer').map(notice => ({
          id: notice.id,
          personId: notice.offer.personId,
          name: nameOf(notice.offer.personId),
          words: wordsOfOffer(provider, organisationId, notice),
          hasRootKey: notice.offer.root !== null,
          offeredAt: notice.offer.offeredAt,
        })),
        ownOffer: ownOffer.tell(),
      }
    },
    offer: ownOffer.make,
    withdrawOffer: ownOffer.withdraw,
    ownOfferNotice: ownOffer.notice,
    async change({ words, add, remove, thresholds }) {
      const trusted = membership.trusted()
      const signed = withRecoveryWords(provider, { words, roots: [trusted.root] }, seed => {
        const offers = add.map(id => {
          const notice = notices.ofKind('key-offer').find(each => each.id === id)
          if (notice === undefined) throw new LanyardError('change-impossible', 'An offer is not there any more')
          return notice.offer
        })
        const next = { add: offers, remove, thresholds }
        return signProposal(provider, trusted, proposeRoot(provider, trusted, next, self.personId, now()), seed)
      })
      return changes.submit(await proposals.put(signed))
    },
    async onRootChanged() {
      const { root } = membership.trusted()
      const kept = readOffer(store)
      const isTakenUp = kept !== undefined && rolesOf(root, kept.contacts.key).includes('contacts')
      const freshness = freshnessKey()
      const isFreshnessOver = freshness !== null && !rolesOf(root, freshness).includes('freshness')
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
