import type { DeviceId } from '../../shared/ids.ts'
import { MAX_HOLDINGS, MAX_RECORD_AGE, MAX_RECORD_LEAD, MAX_RECORDS, MAX_RECORDS_PER_FRAME } from './constants.ts'
import type { Holdings } from './frames.ts'
import type { PeerRecord } from './peer-record.ts'

export interface KnownRecordsInit {
  /** Our own record is passed on like any other, and a colleague's word on it is only compared with it. */
  self: DeviceId
  isMember(device: DeviceId): boolean
  /** Wall clock in milliseconds: what a record's number is compared with. */
  now(): number
}

export interface KnownRecords {
  get(device: DeviceId): PeerRecord | undefined
  /** Whether the record would change anything: a member's, of our time, and newer than what we hold. */
  isNews(record: Omit<PeerRecord, 'bytes'>): boolean
  /** Keeps it; the caller has checked that it is news and signed. */
  put(record: PeerRecord): void
  holdings(): Holdings
  /** What somebody who holds this lacks, freshest first, and of whom we lack what they hold. */
  compare(theirs: Holdings): { records: PeerRecord[]; wanted: DeviceId[] }
  /** Members have left, time has passed: what would not be taken over any more is dropped. */
  sweep(): void
  readonly size: number
}

/** The newest signed record of each member's device. */
export const createKnownRecords = ({ self, isMember, now }: KnownRecordsInit): KnownRecords => {
  const records = new Map<DeviceId, PeerRecord>()

  const isOfOurTime = (seq: number) => seq <= now() + MAX_RECORD_LEAD && seq >= now() - MAX_RECORD_AGE
  const isKept = ({ device, seq }: Pick<PeerRecord, 'device' | 'seq'>) =>
    isOfOurTime(seq) && (device === self || isMember(device))
  const isNewer = (device: DeviceId, seq: number) => seq > (records.get(device)?.seq ?? 0)
  const freshest = (limit: number) => [...records.values()].sort((a, b) => b.seq - a.seq).slice(0, limit)

  return {
    get: device => records.get(device),
    isNews: record =>
      isKept(record) &&
      isNewer(record.device, record.seq) &&
      (records.has(record.device) || records.size < MAX_RECORDS),
    put: record => void records.set(record.device, record),
    holdings: () => new Map(freshest(MAX_HOLDINGS).map(({ device, seq }) => [device, seq])),
    compare: theirs => ({
      records: freshest(MAX_RECORDS)
        .filter(({ device, seq }) => seq > (theirs.get(device) ?? 0))
        .slice(0, MAX_RECORDS_PER_FRAME),
      wanted: [...theirs]
        .filter(([device, seq]) => isKept({ device, seq }) && isNewer(device, seq))
        .map(([device]) => device)
        .slice(0, MAX_RECORDS_PER_FRAME),
    }),
    sweep() {
      for (const record of records.values()) if (!isKept(record)) records.delete(record.device)
    },
    get size() {
      return records.size
    },
  }
}
