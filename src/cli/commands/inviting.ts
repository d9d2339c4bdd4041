import type { EngineClient } from '../../shared/contract/engine.ts'
import type { PersonId } from '../../shared/ids.ts'
import { INVITATION_LIFETIME } from '../../shared/limits.ts'
import type { Context } from '../context.ts'
import { writeNamedFile } from '../files.ts'

export interface InviteInto {
  /** Made where it is not there. */
  readonly folder: string
  /** Milliseconds. */
  readonly lifetime?: number
}

export interface WrittenInvitation {
  readonly personId: PersonId
  readonly name: string
  readonly expiresAt: number
  readonly file: string
}

/** One invitation file for each of these people, called after them; only this user can read it. */
export const inviteInto = async (
  { progress }: Context,
  engine: EngineClient,
  people: readonly PersonId[],
  { folder, lifetime = INVITATION_LIFETIME }: InviteInto,
): Promise<WrittenInvitation[]> => {
  const { invitations } = await engine.call('invitation.createFor', { people: [...people], lifetime })
  progress(`Writing ${invitations.length} invitations`)
  const written: WrittenInvitation[] = []
  for (const { id, personId, name, expiresAt } of invitations) {
    const { bytes } = await engine.call('file.export', { what: 'invitation', id })
    written.push({ personId, name, expiresAt, file: writeNamedFile(folder, name, '.lanyard', bytes) })
  }
  return written
}
