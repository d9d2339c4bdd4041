import type { IncomingMessage } from 'node:http'

/**
 * Any page that the person has open elsewhere can send requests to 127.0.0.1. These checks keep such pages out before
 * anything is read:
 * - Host is our own address: a foreign name that resolves to 127.0.0.1 (DNS rebinding) is refused;
 * - Origin, where a browser sends it, is our own page;
 * - Sec-Fetch-Site, where a browser sends it, is our own page, or nobody (the person opened the address).
 */
export type Purpose = 'page' | 'call'

export const isOwnRequest = ({ headers }: IncomingMessage, port: number, purpose: Purpose): boolean => {
  const host = `127.0.0.1:${port}`
  if (headers.host !== host) return false
  const origin = `http://${host}`
  const site = headers['sec-fetch-site']
  if (purpose === 'call') return headers.origin === origin && (site === undefined || site === 'same-origin')
  return (
    (headers.origin === undefined || headers.origin === origin) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  )
}
