import type { CryptoProvider } from '../../crypto/index.ts'
import { blob, choice, counter, type Decoded, documentOf, integer, literal, record, time } from '../codec.ts'
import { detailCodec, organisationIdCodec } from '../fields.ts'
import { MAX_CLOCK_AHEAD, MAX_FORGED_ORDERS, MAX_ORDERS, MAX_STATEMENT_BYTES } from '../limits.ts'
import { asRefusal, type RefusalReason, RefusedDocument } from './refusal.ts'
import { knownKeys } from './root.ts'
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
  reason: [7, detailCodec],
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

/** An order that does not stand, and why. */
export interface DroppedOrder {
  readonly reason: RefusalReason
  readonly message: string
}

/**
 * Adds orders that are in force and whose number is new; the same array when there are none. One that does not stand is
 * dropped: nobody may hold up a contact list by adding a broken order to it. After a few forged ones the rest is dropped
 * unseen: nobody may keep a device busy with them either.
 */
export const mergeOrders = (
  provider: CryptoProvider,
  chain: RootChain,
  known: readonly VerifiedOrder[],
  foreign: readonly SignedBytes[],
  now: number,
): { readonly orders: readonly VerifiedOrder[]; readonly dropped: readonly DroppedOrder[] } => {
  const byNumber = new Map(known.map(order => [order.value.number, order]))
  const dropped: DroppedOrder[] = []
  let forged = 0
  for (const signed of foreign) {
    if (forged >= MAX_FORGED_ORDERS) break
    try {
      const order = verifyOrder(provider, chain, signed, now)
      const { number } = order.value
      if (!byNumber.has(number) && isOrderInForce(order.value, now)) byNumber.set(number, order)
    } catch (error) {
      const { reason, message } = asRefusal(error)
      dropped.push({ reason, message })
      if (reason === 'signature-invalid') forged += 1
    }
  }
  if (byNumber.size === known.length) return { orders: known, dropped }
  const orders = [...byNumber.values()].filter(({ value }) => isOrderInForce(value, now))
  return { orders: orders.sort((a, b) => a.value.number - b.value.number).slice(-MAX_ORDERS), dropped }
}
