import { makeWithdrawal } from '../../../org/index.ts'
import type { IssuedInvitation } from '../../../shared/contract/administration-entities.ts'
import type { Invitation } from '../../../shared/contract/entities.ts'
import { LanyardError } from '../../../shared/errors.ts'
import type { InvitationId, PersonId } from '../../../shared/ids.ts'
import type { Staged } from '../../administration/staged.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import { newPersonId } from './found.ts'
import { createInvitationIssuer, type InvitationIssuerInit, type Invited } from './invitation-issuer.ts'
import {
  allInvitationRows,
  closeInvitation,
  findInvitationRow,
  type InvitationRow,
  insertInvitation,
  openUntil,
  toInvitation,
} from './invitation-rows.ts'

/** Invitations made without a pause: each takes about a millisecond, and the messages of others wait. */
const MADE_AT_ONCE = 64

export interface InvitationInput extends Invited {
  /** Milliseconds from now. */
  lifetime: number
}

/** The administrator's invitations; all of them are kept, so that the list shows what became of each. */
export interface Invitations {
  /** For somebody new. Throws `not-admin`, `bad-input` where the details are too long for a link. */
  create(input: InvitationInput): Promise<{ id: InvitationId; link: string; expiresAt: number }>
  /** For people on the list or staged for it, all or none. Throws `not-admin`, `person-unknown`. */
  createFor(people: readonly PersonId[], lifetime: number): Promise<IssuedInvitation[]>
  /** Of one that is still out and was made here. Throws `invitation-unknown`. */
  link(id: InvitationId): string
  /** Also declines who asks with it, and tells colleagues. Throws `invitation-unknown`. */
  withdraw(id: InvitationId): Promise<void>
  find(id: string): Invitation | null
  all(): Invitation[]
  /** Whether a stranger may ask to join here at this moment. */
  isAnyOpen(): boolean
  /** Until when somebody is expected, milliseconds since 1970; 0 for nobody. */
  openUntil(): number
  /** Tells the caches which invitations have run out since the last time. */
  noteExpired(): Promise<void>
  onChanged(listener: () => void): () => void
}

export interface InvitationsInit extends InvitationIssuerInit {
  store: Store
  adminKey: Pick<AdminKey, 'isHeld'>
  staged: Pick<Staged, 'newPeople'>
  notices: Pick<NoticeBoard, 'add'>
}

const pause = () => new Promise<void>(resolve => setImmediate(resolve))

export const createInvitations = (init: InvitationsInit): Invitations => {
  const { store, provider, membership, adminKey, staged, notices, keys, now } = init
  const beginIssuing = createInvitationIssuer(init)
  const changed = createEmitter()
  let notedUntil = 0 // what ran out while the profile was closed is told at the first look

  const expectAdministrator = () => {
    if (!adminKey.isHeld()) throw new LanyardError('not-admin', 'Only an administrator invites')
  }

  const keep = async (rows: readonly InvitationRow[]) => {
    await store.write(tx => {
      for (const row of rows) insertInvitation(tx, row)
    })
    changed.emit()
  }

  const findOpen = (id: InvitationId): InvitationRow => {
    const row = findInvitationRow(store, id)
    if (row?.state !== 'open')
      throw new LanyardError('invitation-unknown', 'There is no such invitation that is still out')
    return row
  }

  return {
    async create({ lifetime, ...details }) {
      expectAdministrator()
      const row = beginIssuing()({ ...details, personId: newPersonId(provider) }, lifetime)
      await keep([row])
      return { id: row.id, link: row.link, expiresAt: row.expires_at }
    },
    async createFor(people, lifetime) {
      expectAdministrator()
      const trusted = membership.trusted()
      const issue = beginIssuing()
      const coming = new Map(staged.newPeople().map(person => [person.personId, person]))
      const rows: InvitationRow[] = []
      for (const [at, personId] of people.entries()) {
        if (at % MADE_AT_ONCE === MADE_AT_ONCE - 1) await pause()
        const person = trusted.people.get(personId) ?? coming.get(personId)
        if (person === undefined) throw new LanyardError('person-unknown', 'Nobody on the list has this id')
        rows.push(issue(person, lifetime))
      }
      await keep(rows)
      return rows.map(({ id, person_id: personId, name, email, link, expires_at: expiresAt }) => ({
        id,
        personId,
        name,
        email,
        link,
        expiresAt,
      }))
    },
    link(id) {
      const row = findOpen(id)
      if (row.expires_at <= now() || row.link === '')
        throw new LanyardError('invitation-unknown', 'This invitation is not out any more')
      return row.link
    },
    async withdraw(id) {
      const { expires_at: until } = findOpen(id)
      const issued = now()
      const { organisationId: organisation } = membership.trusted()
      // one that has run out needs no word of anybody; the word goes first, so that none is taken back here alone, where
      // nobody can say it again
      if (until > issued)
        await notices.add(makeWithdrawal(provider, { organisation, invitation: id, issued, until }, keys).bytes)
      await store.write(tx => closeInvitation(tx, id, 'withdrawn'))
      changed.emit()
    },
    find(id) {
      const row = findInvitationRow(store, id)
      return row === undefined ? null : toInvitation(row, now())
    },
    all: () => allInvitationRows(store).map(row => toInvitation(row, now())),
    isAnyOpen: () => adminKey.isHeld() && openUntil(store, now()) > 0,
    openUntil: () => (adminKey.isHeld() ? openUntil(store, now()) : 0),
    async noteExpired() {
      const [from, to] = [notedUntil, now()]
      notedUntil = to
      const expired = allInvitationRows(store).filter(
        ({ state, expires_at }) => state === 'open' && expires_at > from && expires_at <= to,
      )
      if (expired.length === 0) return
      await store.write(tx => {
        for (const { id } of expired) tx.markChanged('invitation', id)
      })
      changed.emit()
    },
    onChanged: changed.on,
  }
}
