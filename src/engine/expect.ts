import { LanyardError } from '../shared/errors.ts'
import type { EngineCore } from './engine-core.ts'
import type { Member } from './member.ts'
import type { Session } from './session.ts'

/** Throws `profile-locked`. */
export const expectSession = (core: EngineCore): Session => {
  const session = core.session()
  if (session === undefined) throw new LanyardError('profile-locked', 'The profile is not open')
  return session
}

/** Throws `not-joined`. */
export const expectMember = (core: EngineCore): Member => {
  const member = expectSession(core).member()
  if (member === undefined) throw new LanyardError('not-joined', 'This profile belongs to no organisation yet')
  return member
}

/** For what only somebody on the list may do. Throws `removed`. */
export const expectListed = (core: EngineCore): Member => {
  const member = expectMember(core)
  if (!member.membership.isMember()) throw new LanyardError('removed', 'This device was removed from the organisation')
  return member
}

/** For what takes a key of the contacts role on this device. Throws `removed`, `not-admin`. */
export const expectAdministrator = (core: EngineCore): Member => {
  const member = expectListed(core)
  if (!member.adminKey.isHeld())
    throw new LanyardError('not-admin', 'This device holds no key that may sign the contact list')
  return member
}

/**
 * For what those look at who sign anything: administrators, who holds a key of the root alone, and whoever was handed a
 * change to sign as a file. Throws `removed`, `not-admin`.
 */
export const expectSigner = (core: EngineCore): Member => {
  const member = expectListed(core)
  const { personId } = member.membership.self
  const holdsKey = member.membership.trusted().root.keys.some(({ holder }) => holder === personId)
  return holdsKey || member.proposals.all().length > 0 ? member : expectAdministrator(core)
}
