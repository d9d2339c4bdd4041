import {
  type Channel,
  type CryptoProvider,
  createPrekeys,
  decodeChannel,
  decodePrekeySecrets,
  emptyChannel,
  encodeChannel,
  encodePrekeySecrets,
  type PrekeySecrets,
} from '../../crypto/index.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { readDocument, writeDocument } from '../storage/documents.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'

/** All channels, decoded: there are as many as colleagues' devices that were ever written with. */
export const loadChannels = (reader: Reader): Map<DeviceId, Channel> =>
  new Map(
    reader
      .all<{ device_id: DeviceId; state: Uint8Array }>('SELECT device_id, state FROM channels')
      .map(({ device_id, state }) => [device_id, decodeChannel(state)]),
  )

export const saveChannel = (tx: Transaction, device: DeviceId, channel: Channel, now: number): void => {
  tx.run(
    `INSERT INTO channels (device_id, state, changed_at) VALUES (?, ?, ?)
     ON CONFLICT (device_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at`,
    device,
    encodeChannel(channel),
    now,
  )
}

export const deleteChannel = (tx: Transaction, device: DeviceId): void => {
  tx.run('DELETE FROM channels WHERE device_id = ?', device)
}

type ResetColumn = 'reset_sent_at' | 'reset_taken_at'

/** Milliseconds since 1970; null when there was none. */
export const lastReset = (reader: Reader, device: DeviceId, column: ResetColumn): number | null =>
  reader.get<Record<ResetColumn, number | null>>(
    'SELECT reset_sent_at, reset_taken_at FROM channels WHERE device_id = ?',
    device,
  )?.[column] ?? null

export const noteReset = (tx: Transaction, device: DeviceId, column: ResetColumn, now: number): void => {
  tx.run(
    `INSERT INTO channels (device_id, state, changed_at, ${column}) VALUES (?, ?, ?, ?)
     ON CONFLICT (device_id) DO UPDATE SET ${column} = excluded.${column}`,
    device,
    encodeChannel(emptyChannel()),
    now,
    now,
  )
}

export const savePrekeys = (tx: Transaction, secrets: PrekeySecrets): void =>
  writeDocument(tx, 'prekeys', encodePrekeySecrets(secrets))

/** This device's own prekeys; made and stored in a new profile. */
export const loadPrekeys = (tx: Transaction, provider: CryptoProvider, now: number): PrekeySecrets => {
  const kept = readDocument(tx, 'prekeys')
  if (kept !== undefined) return decodePrekeySecrets(kept)
  const secrets = createPrekeys(provider, now)
  savePrekeys(tx, secrets)
  return secrets
}
