import type { Joining } from '../../../shared/contract/entities.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { Reader, Statements } from '../../storage/statements.ts'

/** This device's own request to join. */
export interface OwnJoinRow {
  /** The link, as it was checked. */
  invitation: string
  device_name: string
  started_at: number
  state: Joining['state']
  failure: ErrorCode | null
}

export const findOwnJoin = (reader: Reader): OwnJoinRow | undefined =>
  reader.get<OwnJoinRow>('SELECT invitation, device_name, started_at, state, failure FROM own_join')

export const saveOwnJoin = (tx: Statements, row: OwnJoinRow): void => {
  tx.run(
    `INSERT OR REPLACE INTO own_join (one, invitation, device_name, started_at, state, failure)
     VALUES (1, ?, ?, ?, ?, ?)`,
    row.invitation,
    row.device_name,
    row.started_at,
    row.state,
    row.failure,
  )
}

export const deleteOwnJoin = (tx: Statements): void => {
  tx.run('DELETE FROM own_join')
}
