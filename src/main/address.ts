/**
 * The page's own scheme, so that it has an origin of its own and no file of the disk is in reach. Node gives such an
 * address the origin "null", so senders are told by the prefix of their address.
 */
export const SCHEME = 'app'
export const PAGE_PREFIX = `${SCHEME}://bundle/`
export const PAGE_ADDRESS = `${PAGE_PREFIX}index.html`

export const isOwnPage = (address: string | undefined): boolean => address?.startsWith(PAGE_PREFIX) === true
