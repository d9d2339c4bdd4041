export { createDelivery } from './delivery.ts'
export type { Delivery, DeliveryInit, Directory, Drops, Link } from './types.ts'
