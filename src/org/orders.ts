import type { CryptoProvider } from '../crypto/index.ts'
import { MAX_DETAIL_CHARACTERS } from '../shared/limits.ts'
import { blob, choice, counter, type Decoded, documentOf, integer, literal, record, text, time } from './codec.ts'
import { MAX_CLOCK_AHEAD, MAX_STATEMENT_BYTES } from './limits.ts'
import { RefusedDocument } from './refusal.ts'
import { knownKeys, organisationIdCodec } from './root.ts'
import type { RootChain } from './root-chain.ts'
import { type SignedBytes, verifySigned } from './signed.ts'

/** Bytes of what an order aims at: a device has 32, a person and a conversation 16. */
const targetBytes = { lock: 32, unlock: 32, 'erase-device': 32, 'erase-person': 16, 'erase-conversation': 16 } as const

const order = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  /** Grows over the whole organisation, and so for each target; a device never follows a lower one again. */
  number: [2, integer(1, 2 ** 48)],
  action: [3, choice({ lock: 1, unlock: 2, 'erase-device': 3, 'erase-person': 4, 'erase-conversation': 5 })],
  /** The device, person or conversation, raw. */
  target: [4, blob(32)],
  issued: [5, time],
  expires: [6, time],
  /** Shown to the person on whose device it is carried out. */
  reason: [7, text(0, MAX_DETAIL_CHARACTERS)],
  /** The root in force when it was signed. */
  rootVersion: [8, counter],
})

/** A command that every device it concerns carries out when it meets it. */
export type Order = Decoded<typeof order>

export const orderDocument = documentOf(order, 'order', MAX_STATEMENT_BYTES)

export interface VerifiedOrder {
  readonly signed: SignedBytes
  readonly value: Order
}

/** An order that ran out is still what it was signed as; whoever carries orders out asks `isOrderInForce`. */
export const verifyOrder = (
  provider: CryptoProvider,
  { root, organisationId }: RootChain,
  signed: SignedBytes,
  now: number,
): VerifiedOrder => {
  const value = orderDocument.decode(signed.document)
  if (value.organisation !== organisationId)
    throw new RefusedDocument('wrong-organisation', 'order: it belongs to another organisation')
  if (value.target.length !== targetBytes[value.action])
    throw new RefusedDocument('malformed', `order: '${value.action}' aims at ${targetBytes[value.action]} bytes`)
  const signatures = verifySigned(provider, signed, {
    context: 'lanyard/orders/1',
    roles: [root.roles.orders],
    knownKeys: knownKeys(root),
    name: `order ${value.number}`,
  })
  if (value.rootVersion > root.version)
    throw new RefusedDocument('root-missing', `order: signed under root ${value.rootVersion}, which is not here`)
  if (value.issued > now + MAX_CLOCK_AHEAD)
    throw new RefusedDocument('issued-in-future', `order ${value.number}: dated in the future`)
  if (value.expires <= value.issued) throw new RefusedDocument('malformed', 'order: expires before it is issued')
  return { signed: { document: signed.document, signatures }, value }
}

export const isOrderInForce = ({ expires }: Order, now: number): boolean => now < expires
