const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map([...alphabet].map((character, value) => [character, value]))

/** RFC 4648 section 5, without padding. */
export const toBase64url = (bytes: Uint8Array): string => {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += alphabet[(held >> bits) & 63]
    }
  }
  return bits === 0 ? text : text + alphabet[(held << (6 - bits)) & 63]
}

/** Null for any other character, an impossible length or bits that are left over: one text for one byte string. */
export const fromBase64url = (text: string): Uint8Array | null => {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let at = 0
  let bits = 0
  let held = 0
  for (const character of text) {
    const value = values.get(character)
    if (value === undefined) return null
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 255
    }
  }
  const isClean = bits < 6 && (held & ((1 << bits) - 1)) === 0
  return isClean ? bytes : null
}
