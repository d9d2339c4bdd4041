/**
 * Pixels on a side: a face needs 256, and 1,024² are 4 MiB once decoded. A few hundred bytes can say 16,383², a GiB in each
 * window that shows the person.
 */
const MAX_PICTURE_SIDE = 1_024

interface Size {
  readonly width: number
  readonly height: number
}

/** Big-endian and little-endian; undefined beyond the end. */
const big = (bytes: Uint8Array, at: number, length: number): number | undefined =>
  at + length > bytes.length
    ? undefined
    : bytes.subarray(at, at + length).reduce((value, byte) => value * 256 + byte, 0)
const little = (bytes: Uint8Array, at: number, length: number): number | undefined =>
  big(Uint8Array.from(bytes.subarray(at, at + length)).reverse(), 0, length)

const size = (width: number | undefined, height: number | undefined): Size | undefined =>
  width === undefined || height === undefined ? undefined : { width, height }

const textAt = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((character, offset) => bytes[at + offset] === character.charCodeAt(0))

/** PNG: the header chunk comes first. */
const pngSize = (bytes: Uint8Array): Size | undefined =>
  big(bytes, 0, 4) === 0x89504e47 && big(bytes, 4, 4) === 0x0d0a1a0a && textAt(bytes, 12, 'IHDR')
    ? size(big(bytes, 16, 4), big(bytes, 20, 4))
    : undefined

/** Of the markers that begin a frame, SOF0 to SOF15, three mean something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** JPEG: the first frame header among the segments, which say how long they are (ITU T.81 B.1.1). */
const jpegSize = (bytes: Uint8Array): Size | undefined => {
  if (big(bytes, 0, 3) !== 0xffd8ff) return undefined
  for (let at = 2; bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1 // a fill byte
      continue
    }
    if (isFrame(marker)) return size(big(bytes, at + 7, 2), big(bytes, at + 5, 2))
    const length = big(bytes, at + 2, 2)
    if (length === undefined || length < 2) return undefined
    at += 2 + length
  }
  return undefined
}

/** WebP: one of three kinds of first chunk (RFC 9649). */
const webpSize = (bytes: Uint8Array): Size | undefined => {
  if (!textAt(bytes, 0, 'RIFF') || !textAt(bytes, 8, 'WEBP')) return undefined
  const plusOne = (value: number | undefined) => (value === undefined ? undefined : value + 1)
  if (textAt(bytes, 12, 'VP8X')) return size(plusOne(little(bytes, 24, 3)), plusOne(little(bytes, 27, 3)))
  if (textAt(bytes, 12, 'VP8L')) {
    const packed = little(bytes, 21, 4)
    return packed === undefined ? undefined : size((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1)
  }
  if (!textAt(bytes, 12, 'VP8 ') || big(bytes, 23, 3) !== 0x9d012a) return undefined
  const [width, height] = [little(bytes, 26, 2), little(bytes, 28, 2)]
  return width === undefined || height === undefined ? undefined : size(width & 0x3fff, height & 0x3fff)
}

const isSmall = ({ width, height }: Size) =>
  width > 0 && height > 0 && width <= MAX_PICTURE_SIDE && height <= MAX_PICTURE_SIDE

/**
 * JPEG, PNG or WebP by the first bytes, and of a size that costs nobody anything: what a browser would show as something
 * else, or decode into more than it has, is not kept.
 */
export const isPicture = (bytes: Uint8Array): boolean => {
  const found = pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes)
  return found !== undefined && isSmall(found)
}
