import { describe, expect, test } from 'vitest'
import { isPicture } from '../../../../../src/engine/organisation/list/picture.ts'

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const u32 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >> 24]
const riff = (chunk: Uint8Array) =>
  new Uint8Array([...bytesOf('UklGRg=='), ...u32(chunk.length + 4), ...bytesOf('V0VCUA=='), ...chunk])

/** Three by two pixels, as Chromium writes them. */
const png = bytesOf(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4AWISVDL+D8NMDEgAAAAA//+UtgMxAAAABklEQVQDAE20BDRYk4zzAAAAAElFTkSuQmCC',
)
const jpeg = bytesOf(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJQCH//Z',
)
const lossy = riff(bytesOf('VlA4IBwAAABwAQCdASoDAAIAB0CWJYwCdAFAAAD+7YsxA/4A'))
const lossless = riff(bytesOf('VlA4TBEAAAAvAkAAAAdQkUZ0pv+BiOh/AAA='))
const extended = riff(
  new Uint8Array([...bytesOf('VlA4WAoAAAAQAAAAAgAAAQAA'), ...bytesOf('VlA4TBEAAAAvAkAAAAdQkUZ0pv+BiOh/AAA=')]),
)

const pictures = { png, jpeg, lossy, lossless, extended }

/** Where the header of each says the width, and how 16,000 is written there. */
const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0)
const wider: Readonly<Record<keyof typeof pictures, readonly [at: number, bytes: readonly number[]]>> = {
  png: [16, [0, 0, 0x3e, 0x80]],
  jpeg: [frame + 7, [0x3e, 0x80]],
  lossy: [26, [0x80, 0x3e]],
  lossless: [21, [0x7f, 0x7e]],
  extended: [24, [0x7f, 0x3e, 0]],
}
const names = Object.keys(pictures) as (keyof typeof pictures)[]

describe.each(names)('a picture as %s', name => {
  const bytes = pictures[name]

  test('is one', () => expect(isPicture(bytes)).toBe(true))

  test('is none when it would be decoded into gigabytes', () => {
    const [at, width] = wider[name]
    const bomb = bytes.slice()
    bomb.set(width, at)
    expect(isPicture(bomb)).toBe(false)
  })

  test('is refused without its header, wherever it is cut off', () => {
    const end = { png: 24, jpeg: frame + 9, lossy: 30, lossless: 25, extended: 30 }[name]
    for (let length = 0; length < end; length += 1)
      expect(isPicture(bytes.subarray(0, length)), `${length}`).toBe(false)
  })
})

test.each([
  ['a page', '<html><script>alert(1)</script>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['GIF', 'GIF89a\u0001\u0000\u0001\u0000'],
])('%s is no picture', (_, text) => expect(isPicture(new TextEncoder().encode(text))).toBe(false))

test('segments without end, of no length, or with fill bytes alone are refused at once', () => {
  expect(isPicture(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, ...new Array(60_000).fill(0xff)]))).toBe(false)
  expect(isPicture(new Uint8Array([0xff, 0xd8, ...new Array(65_000).fill(0xff)]))).toBe(false)
  expect(isPicture(new Uint8Array([0xff, 0xd8, 0xff, 0xff, 0xff, ...jpeg.subarray(3)]))).toBe(true)
})
