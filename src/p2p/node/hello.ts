import * as z from 'zod/mini'
import { decodeCanonical, encodeCanonical } from '../../crypto/index.ts'
import { isAddress } from '../multiaddrs.ts'
import { MAX_ADDRESS_CHARACTERS, MAX_HELLO_BYTES, MAX_REMEMBERED_ADDRESSES } from './constants.ts'

/** What two members say to each other before anything else, one frame each way on `/lanyard/hello/1`. */
export interface Hello {
  /** Where the sender listens: multiaddrs without the peer id. Believed, because Noise proves who says so. */
  addresses: string[]
  /** The engine's own part, opaque here. */
  payload: Uint8Array
}

/** The other side sent something else than a hello. */
export class MalformedHelloError extends Error {
  override readonly name = 'MalformedHelloError'
}

const VERSION = 1

const schema = z.tuple([
  z.literal(VERSION),
  z
    .array(z.string().check(z.maxLength(MAX_ADDRESS_CHARACTERS), z.refine(isAddress)))
    .check(z.maxLength(MAX_REMEMBERED_ADDRESSES)),
  z.instanceof(Uint8Array),
])

/** Canonical CBOR `[1, [address…], payload]`. */
export const encodeHello = ({ addresses, payload }: Hello): Uint8Array => {
  const bytes = encodeCanonical([VERSION, addresses.slice(0, MAX_REMEMBERED_ADDRESSES), payload])
  if (bytes.length > MAX_HELLO_BYTES) throw new RangeError(`A hello has at most ${MAX_HELLO_BYTES} bytes`)
  return bytes
}

/** Throws MalformedHelloError. */
export const decodeHello = (bytes: Uint8Array): Hello => {
  try {
    const [, addresses, payload] = schema.parse(decodeCanonical(bytes, { maxBytes: MAX_HELLO_BYTES }))
    return { addresses, payload }
  } catch (cause) {
    throw new MalformedHelloError('Not a hello', { cause })
  }
}
