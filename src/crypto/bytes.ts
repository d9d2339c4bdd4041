/** Joins byte strings into a new one. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Compares public bytes; takes the same time for equal lengths whatever they hold. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

const digits = new TextEncoder().encode('0123456789abcdef')
const ascii = new TextDecoder('latin1')
/** Characters that one call can make out of its arguments faster than a decoder. */
const SHORT_TEXT = 256

/** Lower-case hex. In one flat string: ids are keys of large maps, and text joined piece by piece is slow to hash. */
export const toHex = (bytes: Uint8Array): string => {
  // arguments out of a plain array take half the time of those out of a typed one
  const isShort = 2 * bytes.length <= SHORT_TEXT
  const text: number[] | Uint8Array = isShort ? new Array<number>(2 * bytes.length) : new Uint8Array(2 * bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    text[2 * i] = digits[byte >> 4] as number
    text[2 * i + 1] = digits[byte & 15] as number
  }
  return text instanceof Uint8Array ? ascii.decode(text) : Reflect.apply(String.fromCharCode, undefined, text)
}

/** The value of a lower-case hex digit by its character code, or a number so low that no sum with it is positive. */
const digitOf = (code: number): number =>
  code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -256

/** Reads lower-case hex. Throws TypeError on anything else. Called several times a message: no pattern, no slices. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> => {
  if (text.length % 2 !== 0) throw new TypeError('Not lower-case hex')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const byte = 16 * digitOf(text.charCodeAt(2 * i)) + digitOf(text.charCodeAt(2 * i + 1))
    if (byte < 0) throw new TypeError('Not lower-case hex')
    bytes[i] = byte
  }
  return bytes
}

/** Overwrites secrets that are spent. The runtime may hold copies elsewhere; this shortens their life, no more. */
export const wipe = (...secrets: readonly Uint8Array[]): void => {
  for (const secret of secrets) secret.fill(0)
}

const encoder = new TextEncoder()

/** UTF-8. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)
