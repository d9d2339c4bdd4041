import * as z from 'zod/mini'
import type { RememberedAddresses } from '../p2p/index.ts'
import type { DeviceId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from './storage/store.ts'

const addressList = z.array(z.string())

/** Where members were last reached, so that they are found again before discovery has heard of them. */
export const createRememberedAddresses = (store: Store, now: () => number, log: Log): RememberedAddresses => ({
  load: () =>
    store
      .all<{ device_id: DeviceId; addresses: string }>(
        `SELECT device_id, addresses FROM addresses WHERE device_id IN (SELECT id FROM devices WHERE listed = 1)`,
      )
      .map(row => [row.device_id, z.parse(addressList, JSON.parse(row.addresses))] as const),
  save(device, addresses) {
    store
      .write(tx =>
        tx.run(
          'INSERT OR REPLACE INTO addresses (device_id, addresses, seen_at) VALUES (?, ?, ?)',
          device,
          JSON.stringify(addresses),
          now(),
        ),
      )
      .catch((error: unknown) => log.warn({ device, error }, 'addresses could not be remembered'))
  },
})
