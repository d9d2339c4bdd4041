/** What Windows, macOS or Linux does not take in the name of a file, or reads as a way to another folder. */
const REFUSED = /[\p{Cc}\p{Zl}\p{Zp}<>:"/\\|?*\s]+/gu

/** Windows hides a file that begins with a dot elsewhere, and drops dots and spaces at the end. */
const EDGES = /^[. ]+|[. ]+$/g

/** Devices of Windows, in every folder and whatever follows the dot: what is written to `nul.lanyard` is gone. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d|com[¹²³]|lpt[¹²³]|con(?:in|out)\$)(?=\.|$)/i

/** Bytes of UTF-8, of the 255 that file systems take: a number and an extension follow. */
const MAX_STEM_BYTES = 200

const encoder = new TextEncoder()

const cut = (text: string): string => {
  const { read } = encoder.encodeInto(text, new Uint8Array(MAX_STEM_BYTES))
  return text.slice(0, read)
}

/** A name for a file that any of the systems takes, without its extension, from words of people. Pure. */
export const fileStem = (words: string): string => {
  const plain = cut(words.toWellFormed().replace(REFUSED, ' ').replace(EDGES, '')).replace(EDGES, '')
  if (plain === '') return 'Lanyard'
  return DEVICES.test(plain) ? `_${plain}` : plain
}
