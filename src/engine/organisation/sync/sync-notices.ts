import type { CryptoProvider } from '../../../crypto/index.ts'
import { concatBytes, fromHex, toHex } from '../../../crypto/index.ts'
import { NO_DIGEST, type Notice, type Versions } from '../../../org/index.ts'
import type { DeviceId, NoticeId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import { createBudgets } from './budgets.ts'
import type { IgnoredDevices } from './ignored-devices.ts'
import type { AskPeer } from './sync-asking.ts'
import type { SyncFrame } from './sync-frame.ts'

/** Milliseconds. */
const NOTICES_TIMEOUT = 20_000

/** Bytes of notices in one frame; what does not fit follows in the next round. */
const MAX_FRAME_BYTES = 256 * 1024

/** Verified before it is looked at again how many were refused. */
const TAKEN_AT_ONCE = 16

/**
 * New notices that one device may bring at once, and in each minute: more than an office makes in a week, but not an endless
 * row of offers, each newer than the last, that would be spread through all of it.
 */
const BROUGHT = { burst: 200, perMinute: 20 } as const

/** Milliseconds until a device is asked for the rest of what was more than it may bring at once. */
const GOES_ON_AFTER = 60_000

/** Exchanges in a row: frames hold all that a board may carry in fewer. */
const MAX_ROUNDS = 32

/** Refused in one hand-over before the rest is not looked at: an honest device has few that we see otherwise. */
const MAX_REFUSED = 64

export interface NoticeSyncInit {
  self: DeviceId
  provider: CryptoProvider
  notices: NoticeBoard
  askPeer: AskPeer
  claimOf(device: DeviceId): Versions | undefined
  /** Takes note of what a device says of itself. */
  noteClaim(device: DeviceId, versions: Versions): void
  ignored: IgnoredDevices
  log: Log
}

/** Evens out what two devices carry: one exchange does it for both. */
export interface NoticeSync {
  /** 8 bytes in hex, over what is carried. */
  digest(): string
  /** Resolves when both carry the same, or what one of them does not want. The lower device begins. */
  evenOut(device: DeviceId): Promise<void>
  answerIds(ids: readonly NoticeId[]): SyncFrame
  takeOver(device: DeviceId, notices: readonly Uint8Array[]): Promise<void>
  onDisconnected(device: DeviceId): void
  stop(): void
}

const fitting = (notices: readonly Notice[]): Uint8Array[] => {
  let size = 0
  return notices
    .filter(({ bytes }) => {
      size += bytes.length
      return size <= MAX_FRAME_BYTES
    })
    .map(({ bytes }) => bytes)
}

export const createNoticeSync = (init: NoticeSyncInit): NoticeSync => {
  const { self, provider, notices, askPeer, claimOf, noteClaim, ignored, log } = init
  const underWay = new Set<DeviceId>()
  /** Both digests after the last exchange with a device: it is not repeated for the same difference. */
  const settled = new Map<DeviceId, string>()
  const brought = createBudgets({ ...BROUGHT, elapsed: () => performance.now() })
  let digest: string | undefined
  notices.onChanged(() => {
    digest = undefined
  })

  const ownDigest = () => {
    const ids = notices.all().map(({ id }) => id)
    digest ??=
      ids.length === 0 ? NO_DIGEST : toHex(provider.sha256(concatBytes(...ids.sort().map(fromHex))).subarray(0, 8))
    return digest
  }

  /** Devices that had more than they may bring at once: neither side would begin again for the same difference. */
  const goingOn = new Map<DeviceId, NodeJS.Timeout>()

  const goOnLater = (device: DeviceId) => {
    if (goingOn.has(device)) return
    log.info({ device }, 'a device brings many notices: the rest is taken later')
    const goOn = () => {
      goingOn.delete(device)
      settled.delete(device)
      exchangeAll(device).catch((error: unknown) => log.warn({ device, error }, 'notices could not be fetched'))
    }
    goingOn.set(device, setTimeout(goOn, GOES_ON_AFTER).unref())
  }

  const takeOver = async (device: DeviceId, handed: readonly Uint8Array[]) => {
    let refusals = 0
    for (let at = 0; at < handed.length && !ignored.has(device); at += TAKEN_AT_ONCE) {
      if (!brought.hasAny(device)) return goOnLater(device)
      const { added, refused } = await notices.addAll(handed.slice(at, at + TAKEN_AT_ONCE))
      brought.spend(device, added.length)
      for (const { code, message } of refused) log.debug({ device, code, message }, 'a notice was refused')
      refusals += refused.length
      if (refusals >= MAX_REFUSED) ignored.ignore(device, 'too many notices that are not good')
    }
  }

  const exchange = async (device: DeviceId) => {
    const ids = notices.all().map(({ id }) => id)
    const answer = await askPeer(device, { kind: 'notice-ids', ids }, ['notices'], NOTICES_TIMEOUT)
    await takeOver(device, answer.notices)
    const lacking = fitting(answer.lacking.flatMap(id => notices.find(id) ?? []))
    if (lacking.length === 0) return
    const { versions } = await askPeer(
      device,
      { kind: 'notices-lacking', notices: lacking },
      ['versions'],
      NOTICES_TIMEOUT,
    )
    noteClaim(device, versions)
  }

  const difference = (device: DeviceId) => {
    const theirs = claimOf(device)?.notices
    return theirs === undefined || theirs === ownDigest() ? undefined : `${ownDigest()} ${theirs}`
  }

  const exchangeAll = async (device: DeviceId) => {
    if (underWay.has(device)) return
    underWay.add(device)
    try {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const before = difference(device)
        if (before === undefined || before === settled.get(device)) return
        if (ignored.has(device) || goingOn.has(device)) return
        await exchange(device)
        settled.set(device, before)
      }
    } finally {
      underWay.delete(device)
    }
  }

  return {
    digest: ownDigest,
    async evenOut(device) {
      if (self < device) await exchangeAll(device)
    },
    answerIds(ids) {
      const theirs = new Set(ids)
      return {
        kind: 'notices',
        notices: fitting(notices.all().filter(({ id }) => !theirs.has(id))),
        lacking: ids.filter(id => !notices.isKnown(id)),
      }
    },
    takeOver,
    onDisconnected(device) {
      settled.delete(device)
      clearTimeout(goingOn.get(device))
      goingOn.delete(device)
    },
    stop() {
      for (const timer of goingOn.values()) clearTimeout(timer)
    },
  }
}
