/** The multiaddrs that this network uses, without the peer id: `/ip4/…/tcp/…` and `/ip6/…/tcp/…`. */
export const ADDRESS_PATTERN = '/ip[46]/[0-9a-fA-F.:]{2,45}/tcp/[1-9]\\d{0,4}'

const ADDRESS = new RegExp(`^${ADDRESS_PATTERN}$`)
const LOOPBACK = /^\/ip4\/127\.|^\/ip6\/::1\//

/** Whether a string has the form of an address; whether anybody is there, a dial will tell. */
export const isAddress = (text: string): boolean => ADDRESS.test(text)

export const isLoopback = (address: string): boolean => LOOPBACK.test(address)
