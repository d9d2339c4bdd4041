import type { CryptoProvider, DeviceKeys } from '../../crypto/index.ts'
import { keyOfferFingerprint, makeKeyOffer, makeOfferWithdrawal, type NoticeOf } from '../../org/index.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { createEmitter } from '../emitter.ts'
import type { NoticeBoard } from '../organisation/boards/notice-board.ts'
import { dropOffer, keepOffer, makeSeeds, readOffer, wipeSeeds, wrapOffer } from '../organisation/keys/offered-keys.ts'
import { isRootSeedKept } from '../organisation/keys/recovery.ts'
import type { Membership } from '../organisation/list/membership.ts'
import { checkPassphrase } from '../profile/passphrase.ts'
import type { Store } from '../storage/store.ts'

/** Milliseconds that an offer stands: as long as a notice may. */
const OFFERED_FOR = 90 * 86_400_000

/** Keys that this device's person offers to sign with, until a root names them. */
export interface OwnOffer {
  /** Null for none. */
  tell(): EngineOutput<'administrators.get'>['ownOffer']
  /**
   * Makes keys and lets colleagues know; the words are those that an administrator compares. Throws `passphrase-weak`,
   * and `change-impossible` while another recovery sheet is not confirmed.
   */
  make(passphrase: string): Promise<{ words: string[] }>
  /** Spreads: no administrator takes it up any more. */
  withdraw(): Promise<void>
  /** For a file. Throws `request-unknown` where nothing is offered. */
  notice(): NoticeOf<'key-offer'>
  onChanged(listener: () => void): () => void
}

export interface OwnOfferInit {
  store: Store
  provider: CryptoProvider
  /** This device's, which sign the offer. */
  keys: DeviceKeys
  membership: Pick<Membership, 'self' | 'trusted'>
  notices: Pick<NoticeBoard, 'add' | 'find' | 'remove'>
  now(): number
}

/** What an administrator compares with the person who offers, before the keys are taken up. */
export const wordsOfOffer = (
  provider: CryptoProvider,
  organisation: OrganisationId,
  { offer }: NoticeOf<'key-offer'>,
): string[] => [...keyOfferFingerprint(provider, organisation, offer)]

export const createOwnOffer = (init: OwnOfferInit): OwnOffer => {
  const { store, provider, keys, membership, notices, now } = init
  const { personId } = membership.self
  const changed = createEmitter()
  const organisation = () => membership.trusted().organisationId
  const wordsOf = (notice: NoticeOf<'key-offer'>) => wordsOfOffer(provider, organisation(), notice)

  const findNotice = (): NoticeOf<'key-offer'> | undefined => {
    const kept = readOffer(store)
    const notice = kept && notices.find(kept.notice)
    return notice?.kind === 'key-offer' ? notice : undefined
  }

  return {
    tell() {
      const notice = findNotice()
      return notice === undefined ? null : { words: wordsOf(notice), offeredAt: notice.offer.offeredAt }
    },
    async make(passphrase) {
      checkPassphrase(passphrase)
      if (readOffer(store) === undefined && isRootSeedKept(store))
        throw new LanyardError('change-impossible', 'Another recovery sheet is not confirmed yet')
      const seeds = makeSeeds(provider)
      try {
        const offeredAt = now()
        const until = offeredAt + OFFERED_FOR
        const fields = { organisation: organisation(), personId, offeredAt, until, seeds }
        const notice = makeKeyOffer(provider, fields, keys)
        const wrapped = await wrapOffer(provider, seeds, { passphrase, offeredAt, notice: notice.id })
        await store.write(tx => keepOffer(tx, wrapped, seeds.root)) // before anybody can take them up
        await notices.add(notice.bytes)
        changed.emit()
        return { words: wordsOf(notice) }
      } finally {
        wipeSeeds(seeds)
      }
    },
    async withdraw() {
      const kept = readOffer(store)
      if (kept === undefined) return
      // newer than the offer, by whatever clock
      const issued = Math.max(now(), kept.offeredAt + 1)
      const until = kept.offeredAt + OFFERED_FOR
      const fields = { organisation: organisation(), personId, issued, until }
      if (until > issued) await notices.add(makeOfferWithdrawal(provider, fields, keys).bytes)
      await notices.remove(kept.notice)
      await store.write(dropOffer)
      changed.emit()
    },
    notice() {
      const notice = findNotice()
      if (notice === undefined) throw new LanyardError('request-unknown', 'This device offers no keys')
      return notice
    },
    onChanged: changed.on,
  }
}
