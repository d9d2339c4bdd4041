import { type CryptoProvider, toHex } from '../../crypto/index.ts'
import type { DeviceId, EnvelopeId, MessageId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'

/** Something for one device that waits to be sealed. */
export interface WaitingRow {
  number: number
  envelope_id: EnvelopeId
  content: Uint8Array
}

/** Something sealed for one device that is not acknowledged. */
export interface SealedRow {
  number: number
  envelope_id: EnvelopeId
  envelope: Uint8Array
}

export interface TakenRow {
  message_id: MessageId | null
  envelope: Uint8Array | null
}

/** 16 random bytes name one sealed copy. */
export const newEnvelopeId = (provider: Pick<CryptoProvider, 'randomBytes'>): EnvelopeId =>
  toHex(provider.randomBytes(16)) as EnvelopeId

export interface NewRow {
  envelopeId: EnvelopeId
  device: DeviceId
  /** The message whose fate hangs on it; null for receipts and notices. */
  messageId: MessageId | null
  content: Uint8Array
  /** Null while it waits to be sealed. The content is kept beside it: after a reset it is sealed anew. */
  envelope: Uint8Array | null
  now: number
}

/** Returns the row's number: rows go out to a device in the order of their numbers. */
export const addRow = (tx: Transaction, row: NewRow): number => {
  const added = tx.get<{ number: number }>(
    `INSERT INTO outbox (envelope_id, device_id, message_id, content, envelope, created_at)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING number`,
    row.envelopeId,
    row.device,
    row.messageId,
    row.content,
    row.envelope,
    row.now,
  )
  if (added === undefined) throw new Error('The outbox took a row and gave it no number')
  return added.number
}

/** What was sealed and not acknowledged, oldest first. Everything sealed stands before everything that waits. */
export const sealedRows = (reader: Reader, device: DeviceId, limit: number): SealedRow[] => {
  const rows = reader.all<{ number: number; envelope_id: EnvelopeId; envelope: Uint8Array | null }>(
    'SELECT number, envelope_id, envelope FROM outbox WHERE device_id = ? ORDER BY number LIMIT ?',
    device,
    limit,
  )
  const sealed: SealedRow[] = []
  for (const { number, envelope_id, envelope } of rows) {
    if (envelope === null) break
    sealed.push({ number, envelope_id, envelope })
  }
  return sealed
}

export const waitingRows = (reader: Reader, device: DeviceId, after: number, limit: number): WaitingRow[] =>
  reader.all<WaitingRow>(
    `SELECT number, envelope_id, content FROM outbox
     WHERE device_id = ? AND number > ? AND envelope IS NULL ORDER BY number LIMIT ?`,
    device,
    after,
    limit,
  )

export const keepSealed = (tx: Transaction, number: number, envelope: Uint8Array): void => {
  tx.run('UPDATE outbox SET envelope = ? WHERE number = ?', envelope, number)
}

/** The session is gone: what was sealed with it waits again, under the same envelope ids. */
export const unsealAll = (tx: Transaction, device: DeviceId): number =>
  tx.run('UPDATE outbox SET envelope = NULL WHERE device_id = ? AND envelope IS NOT NULL', device)

/** Removes what the device has acknowledged or refused; undefined where it was not waiting for that device. */
export const takeRow = (tx: Transaction, device: DeviceId, id: EnvelopeId): TakenRow | undefined =>
  tx.get<TakenRow>(
    'DELETE FROM outbox WHERE envelope_id = ? AND device_id = ? RETURNING message_id, envelope',
    id,
    device,
  )

/** Removes receipts that wait unsealed and whose content begins so. */
export const dropWaiting = (tx: Transaction, device: DeviceId, prefix: Uint8Array): void => {
  tx.run(
    `DELETE FROM outbox WHERE device_id = ? AND message_id IS NULL AND envelope IS NULL
     AND substr(content, 1, ?) = ?`,
    device,
    prefix.length,
    prefix,
  )
}

export const rowsOfMessage = (reader: Reader, id: MessageId): { device_id: DeviceId; is_sealed: number }[] =>
  reader.all('SELECT device_id, envelope IS NOT NULL AS is_sealed FROM outbox WHERE message_id = ?', id)

export const dropRowsOfMessage = (tx: Transaction, id: MessageId): void => {
  tx.run('DELETE FROM outbox WHERE message_id = ?', id)
}

/** Returns the messages that were waiting for the device. */
export const dropRowsOfDevice = (tx: Transaction, device: DeviceId): MessageId[] => {
  const messages = tx.all<{ message_id: MessageId }>(
    'SELECT DISTINCT message_id FROM outbox WHERE device_id = ? AND message_id IS NOT NULL',
    device,
  )
  tx.run('DELETE FROM outbox WHERE device_id = ?', device)
  return messages.map(row => row.message_id)
}

/** Removes the oldest rows that were made before a time, at most `limit`; returns the messages among them. */
export const dropRowsBefore = (tx: Transaction, time: number, limit: number): (MessageId | null)[] =>
  tx
    .all<{ message_id: MessageId | null }>(
      `DELETE FROM outbox WHERE number IN (SELECT number FROM outbox WHERE created_at < ? ORDER BY number LIMIT ?)
       RETURNING message_id`,
      time,
      limit,
    )
    .map(row => row.message_id)
