import type { CryptoProvider } from '../../crypto/index.ts'
import { parseInvitation } from '../../org/index.ts'
import { LanyardError } from '../../shared/errors.ts'

/** The link that a file of kind `invitation` holds, checked. Throws `invitation-malformed`. */
export const linkOfFile = (provider: CryptoProvider, payload: Uint8Array): string => {
  const link = textOf(payload)
  parseInvitation(provider, link)
  return link
}

const textOf = (payload: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload)
  } catch (cause) {
    throw new LanyardError('invitation-malformed', 'The file holds no invitation', { cause })
  }
}
