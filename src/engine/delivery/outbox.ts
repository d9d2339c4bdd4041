import type { DeviceId, EnvelopeId, MessageId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'

/** Something for one device that waits to be sealed. */
export interface WaitingRow {
  envelope_id: EnvelopeId
  content: Uint8Array
}

/** Something sealed for one device that is not acknowledged. */
export interface SealedRow {
  envelope_id: EnvelopeId
  envelope: Uint8Array
}

export interface TakenRow {
  message_id: MessageId | null
  /** Bytes of the sealed envelope. */
  bytes: number
  /** The envelope itself, where it was asked for. */
  envelope: Uint8Array | null
}

export interface NewRow {
  /** Rows go out to a device in the order of their ids. */
  envelopeId: EnvelopeId
  device: DeviceId
  /** The message whose fate hangs on it; null for receipts and notices. */
  messageId: MessageId | null
  content: Uint8Array
  /** Null while it waits to be sealed. The content is kept beside it: after a reset it is sealed anew. */
  envelope: Uint8Array | null
  now: number
}

export const addRow = (tx: Transaction, row: NewRow): void => {
  tx.run(
    `INSERT INTO outbox (envelope_id, device_id, message_id, content, envelope, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    row.envelopeId,
    row.device,
    row.messageId,
    row.content,
    row.envelope,
    row.now,
  )
}

/** What was sealed and not acknowledged, oldest first. Everything sealed stands before everything that waits. */
export const sealedRows = (reader: Reader, device: DeviceId, limit: number): SealedRow[] => {
  const rows = reader.all<{ envelope_id: EnvelopeId; envelope: Uint8Array | null }>(
    'SELECT envelope_id, envelope FROM outbox WHERE device_id = ? ORDER BY envelope_id LIMIT ?',
    device,
    limit,
  )
  const sealed: SealedRow[] = []
  for (const { envelope_id, envelope } of rows) {
    if (envelope === null) break
    sealed.push({ envelope_id, envelope })
  }
  return sealed
}

export const waitingRows = (reader: Reader, device: DeviceId, after: EnvelopeId | '', limit: number): WaitingRow[] =>
  reader.all<WaitingRow>(
    `SELECT envelope_id, content FROM outbox
     WHERE device_id = ? AND envelope_id > ? AND envelope IS NULL ORDER BY envelope_id LIMIT ?`,
    device,
    after,
    limit,
  )

export const keepSealed = (tx: Transaction, device: DeviceId, id: EnvelopeId, envelope: Uint8Array): void => {
  tx.run('UPDATE outbox SET envelope = ? WHERE device_id = ? AND envelope_id = ?', envelope, device, id)
}

/** The session is gone: what was sealed with it waits again, under the same envelope ids. */
export const unsealAll = (tx: Transaction, device: DeviceId): void => {
  tx.run('UPDATE outbox SET envelope = NULL WHERE device_id = ? AND envelope IS NOT NULL', device)
}

/** Removes what the device has acknowledged or refused; of ids that were not waiting for that device nothing comes. */
export const takeRows = (
  tx: Transaction,
  device: DeviceId,
  ids: readonly EnvelopeId[],
  { withEnvelopes }: { withEnvelopes: boolean },
): TakenRow[] =>
  tx.all<TakenRow>(
    `DELETE FROM outbox WHERE device_id = ? AND envelope_id IN (SELECT value FROM json_each(?))
     RETURNING message_id, coalesce(length(envelope), 0) AS bytes, iif(?, envelope, NULL) AS envelope`,
    device,
    JSON.stringify(ids),
    withEnvelopes ? 1 : 0,
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

/** Whether a copy of the message was sealed for any of these devices, so that it may have gone out. */
export const isSealedFor = (reader: Reader, id: MessageId, devices: readonly DeviceId[]): boolean =>
  reader.get(
    `SELECT 1 FROM outbox WHERE device_id IN (SELECT value FROM json_each(?)) AND message_id = ?
     AND envelope IS NOT NULL`,
    JSON.stringify(devices),
    id,
  ) !== undefined

export const dropRowsOfMessage = (tx: Transaction, id: MessageId, devices: readonly DeviceId[]): void => {
  tx.run(
    'DELETE FROM outbox WHERE device_id IN (SELECT value FROM json_each(?)) AND message_id = ?',
    JSON.stringify(devices),
    id,
  )
}

/** Returns the messages that were waiting for the device. */
export const dropRowsOfDevice = (tx: Transaction, device: DeviceId): MessageId[] =>
  tx
    .all<{ message_id: MessageId | null }>('DELETE FROM outbox WHERE device_id = ? RETURNING message_id', device)
    .flatMap(({ message_id }) => message_id ?? [])

/** Devices that something waits for; a step from one to the next, whatever waits for each. */
export const devicesWithRows = (reader: Reader): DeviceId[] =>
  reader
    .all<{ device_id: DeviceId | null }>(
      `WITH RECURSIVE device (device_id) AS (
         SELECT min(device_id) FROM outbox
         UNION ALL
         SELECT (SELECT min(o.device_id) FROM outbox o WHERE o.device_id > device.device_id)
         FROM device WHERE device.device_id IS NOT NULL)
       SELECT device_id FROM device`,
    )
    .flatMap(({ device_id }) => device_id ?? [])

/** Removes rows that were made before a time, at most `limit`; returns the messages among them, and whether it was all. */
export const dropRowsBefore = (
  tx: Transaction,
  time: number,
  limit: number,
): { messages: MessageId[]; more: boolean } => {
  const rows = tx.all<{ message_id: MessageId | null }>(
    `DELETE FROM outbox WHERE (device_id, envelope_id) IN
       (SELECT device_id, envelope_id FROM outbox WHERE created_at < ? LIMIT ?)
     RETURNING message_id`,
    time,
    limit,
  )
  return { messages: rows.flatMap(({ message_id }) => message_id ?? []), more: rows.length === limit }
}

/** Those of the messages that no row waits for any longer. */
export const withoutRows = (reader: Reader, ids: readonly MessageId[]): MessageId[] =>
  ids.length === 0
    ? []
    : reader
        .all<{ id: MessageId }>(
          `SELECT value AS id FROM json_each(?)
           EXCEPT SELECT message_id FROM outbox WHERE message_id IS NOT NULL`,
          JSON.stringify(ids),
        )
        .map(({ id }) => id)

/** Null in an empty outbox. */
export const highestEnvelopeId = (reader: Reader): EnvelopeId | null =>
  reader.get<{ id: EnvelopeId | null }>('SELECT max(envelope_id) AS id FROM outbox')?.id ?? null
