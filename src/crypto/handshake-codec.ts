import { decodeCanonical, encodeCanonical } from './canonical.ts'
import type { HandshakeHeader } from './handshake.ts'
import { MLKEM768_CIPHERTEXT_BYTES, X25519_BYTES } from './provider.ts'
import { readBytes, readInteger, readNullable, readTuple } from './shape.ts'

/** Bytes: ciphertext 1,088, key 32, two integers of at most 9 and what CBOR adds. */
export const MAX_HANDSHAKE_BYTES = 1_152

/** `[EK, epoch, null | one-time key id, KEM ciphertext]` */
export const encodeHandshake = ({ ephemeral, epoch, oneTimeId, ciphertext }: HandshakeHeader): Uint8Array =>
  encodeCanonical([ephemeral, epoch, oneTimeId, ciphertext])

/** Throws `document-malformed` or `document-too-large`. */
export const decodeHandshake = (bytes: Uint8Array): HandshakeHeader => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_HANDSHAKE_BYTES })
  const [ephemeral, epoch, oneTimeId, ciphertext] = readTuple(value, 4, 'handshake')
  return {
    ephemeral: readBytes(ephemeral, X25519_BYTES, 'ephemeral key'),
    epoch: readInteger(epoch, 'epoch'),
    oneTimeId: readNullable(oneTimeId, id => readInteger(id, 'one-time key id')),
    ciphertext: readBytes(ciphertext, MLKEM768_CIPHERTEXT_BYTES, 'KEM ciphertext'),
  }
}
