import { MAX_PHOTO_BYTES } from '../../shared/limits.ts'

/** Pixels of each side: twice the largest place in which it is shown. */
const SIDE = 256

/** Tried in this order until the picture is small enough. */
const QUALITIES = [0.86, 0.7, 0.5, 0.3]

const squareOf = (bitmap: ImageBitmap): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const side = Math.min(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This page cannot draw')
  // JPEG knows no transparency: what is see-through becomes white.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, SIDE, SIDE)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, SIDE, SIDE)
  return canvas
}

const encode = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise(resolve => {
    // Where WebP cannot be written the page gets PNG, and asks for JPEG instead.
    canvas.toBlob(
      webp => (webp?.type === 'image/webp' ? resolve(webp) : canvas.toBlob(resolve, 'image/jpeg', quality)),
      'image/webp',
      quality,
    )
  })

/** The middle of a picture as 256 by 256 pixels, at most 64 KiB of WebP or JPEG; null when it is no picture. */
export const shrinkPicture = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> => {
  const bitmap = await createImageBitmap(new Blob([bytes.slice()])).catch(() => null)
  if (bitmap === null) return null
  const canvas = squareOf(bitmap)
  bitmap.close()
  for (const quality of QUALITIES) {
    const blob = await encode(canvas, quality)
    if (blob !== null && blob.size <= MAX_PHOTO_BYTES) return new Uint8Array(await blob.arrayBuffer())
  }
  return null
}
