export { createDelivery } from './delivery.ts'
export type { Delivery, DeliveryInit, Directory, Drops, Link, Log } from './types.ts'
