import type { PrivateKey } from '@libp2p/interface'
import type { DeviceId } from '../../shared/ids.ts'
import { createInTurn } from '../../shared/in-turn.ts'
import { RECORD_RENEWAL } from './constants.ts'
import { isTellable, type PeerRecord, sealPeerRecord } from './peer-record.ts'

export interface OwnRecordInit {
  privateKey: PrivateKey
  self: DeviceId
  /** Multiaddrs where this device listens, as far as colleagues may be told. */
  addresses(): readonly string[]
  /** Wall clock in milliseconds. */
  now(): number
  onSealed(record: PeerRecord): void
}

export interface OwnRecord {
  /** Signs anew when the addresses are others, or after a day so that the record does not age. */
  refresh(): Promise<void>
  /** A valid record of our own came back with a number above ours: our clock went back since. Ours must win. */
  outdo(seq: number): Promise<void>
}

/** This device's own record. A device without an address that may be told has none. */
export const createOwnRecord = ({ privateKey, self, addresses, now, onSealed }: OwnRecordInit): OwnRecord => {
  const inTurn = createInTurn()
  let told = ''
  let sealedAt = Number.NEGATIVE_INFINITY
  let seq = 0

  const seal = async (all: readonly string[]) => {
    seq = Math.max(now(), seq + 1)
    sealedAt = now()
    told = all.join()
    onSealed(await sealPeerRecord(privateKey, self, all, seq))
  }

  return {
    refresh: () =>
      inTurn(async () => {
        const all = addresses().filter(isTellable)
        const isDue = all.join() !== told || Math.abs(now() - sealedAt) >= RECORD_RENEWAL
        if (isDue && (all.length > 0 || told !== '')) await seal(all)
      }),
    outdo: theirs =>
      inTurn(async () => {
        if (theirs < seq) return
        seq = theirs
        const all = addresses().filter(isTellable)
        if (all.length > 0) await seal(all)
      }),
  }
}
