import type { DeviceId, GroupId, InvitationId, OrganisationId, PersonId } from '../shared/ids.ts'
import { MAX_DETAIL_CHARACTERS, MAX_NAME_CHARACTERS } from '../shared/limits.ts'
import { hexId, text } from './codec.ts'

/** Fields that more than one document has. */

export const organisationIdCodec = hexId<OrganisationId>(32)
export const personIdCodec = hexId<PersonId>(16)
/** The public half of the device's signing key. */
export const deviceIdCodec = hexId<DeviceId>(32)
export const groupIdCodec = hexId<GroupId>(16)
export const invitationIdCodec = hexId<InvitationId>(16)
/** A SHA-256. */
export const hashCodec = hexId<string>(32)

export const nameCodec = text(1, MAX_NAME_CHARACTERS)
/** What may be left empty: a title, a telephone number, a reason. */
export const detailCodec = text(0, MAX_DETAIL_CHARACTERS)
