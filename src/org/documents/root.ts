import type { CryptoProvider } from '../../crypto/index.ts'
import {
  counter,
  type Decoded,
  type DocumentCodec,
  documentOf,
  integer,
  literal,
  nullable,
  record,
  sortedBy,
  time,
} from '../codec.ts'
import { hashCodec, nameCodec, organisationIdCodec, personIdCodec } from '../fields.ts'
import { MAX_ROLE_KEYS, MAX_ROOT_BYTES, MAX_ROOT_KEYS } from '../limits.ts'
import { RefusedDocument } from './refusal.ts'
import { type KeyId, keyId } from './signed.ts'

const rootKey = record({
  id: [0, keyId],
  /** Whose key it is; null for one that belongs to nobody in particular. */
  holder: [1, nullable(personIdCodec)],
  /** Tells the holder's keys apart: 'Recovery sheet'. */
  label: [2, nameCodec],
})

const role = record({
  threshold: [0, integer(1, MAX_ROLE_KEYS)],
  keys: [1, sortedBy(keyId, MAX_ROLE_KEYS, key => key)],
})

const root = record({
  format: [0, literal(1)],
  /** Null in version 1, whose hash becomes the id. */
  organisation: [1, nullable(organisationIdCodec)],
  name: [2, nameCodec],
  version: [3, counter],
  /** SHA-256 of the previous root's bytes; null in version 1. */
  previous: [4, nullable(hashCodec)],
  issued: [5, time],
  expires: [6, time],
  keys: [7, sortedBy(rootKey, MAX_ROOT_KEYS, ({ id }) => id)],
  roles: [
    8,
    record({
      /** Signs the next root. */
      root: [1, role],
      /** Signs the contact list, and with it the policy. */
      contacts: [2, role],
      /** Signs orders to lock or erase. */
      orders: [3, role],
      /** Signs statements of what is newest. */
      freshness: [4, role],
    }),
  ],
})

/** Who may speak for the organisation. Roles as in TUF 1.0 section 2. */
export type Root = Decoded<typeof root>
export type RoleName = keyof Root['roles']

const encoding = documentOf(root, 'root', MAX_ROOT_BYTES)

/** Refuses, beyond what the shape says, roles that could never be filled and lives that end before they start. */
export const rootDocument: DocumentCodec<Root> = {
  encode: encoding.encode,
  decode: bytes => {
    const decoded = encoding.decode(bytes)
    const known = knownKeys(decoded)
    for (const [name, { keys, threshold }] of Object.entries(decoded.roles)) {
      if (threshold > keys.length)
        throw new RefusedDocument('malformed', `root: role '${name}' asks for more signatures than it has keys`)
      if (keys.some(key => !known.has(key)))
        throw new RefusedDocument('malformed', `root: role '${name}' names a key that is not among the keys`)
    }
    if (decoded.expires <= decoded.issued) throw new RefusedDocument('malformed', 'root: expires before it is issued')
    return decoded
  },
}

export const roleNames: readonly RoleName[] = ['root', 'contacts', 'orders', 'freshness']

/** What a root lets a key sign; empty for a key that it does not name. */
export const rolesOf = ({ roles }: Pick<Root, 'roles'>, key: KeyId): RoleName[] =>
  roleNames.filter(name => roles[name].keys.includes(key))

export const knownKeys = ({ keys }: Root): ReadonlySet<KeyId> => new Set(keys.map(({ id }) => id))

/** SHA-256 in hex of a document's bytes: how documents name each other. */
export const hashOf = (provider: CryptoProvider, document: Uint8Array): string =>
  hashCodec.fromCanonical(provider.sha256(document), 'hash')
