import { expect, it } from 'vitest'
import { createPhotoStore } from '../../../../src/renderer/queries/photo-store.ts'
import type { EngineClient } from '../../../../src/shared/contract/engine.ts'
import type { PhotoHash } from '../../../../src/shared/ids.ts'

const hash = (number: number) => number.toString(16).padStart(64, '0') as PhotoHash

/** An engine that holds these pictures and counts how often it is asked. */
const engineWith = (pictures: Map<PhotoHash, Uint8Array>) => {
  const asked: PhotoHash[] = []
  const call = ((_name: 'photo.get', input: { hash: PhotoHash }) => {
    asked.push(input.hash)
    return Promise.resolve({ bytes: pictures.get(input.hash) ?? null })
  }) as unknown as EngineClient['call']
  return { call, asked }
}

const shown = (photos: ReturnType<typeof createPhotoStore>, of: PhotoHash) =>
  new Promise<string | null>(resolve => photos.subscribe(of, () => resolve(photos.get(of))))

it('asks once for a picture that many look at, and lets it go in the end', async () => {
  const { call, asked } = engineWith(new Map([[hash(1), new Uint8Array([1, 2, 3])]]))
  const photos = createPhotoStore(call)
  const [first, second] = await Promise.all([shown(photos, hash(1)), shown(photos, hash(1))])
  expect(first).toMatch(/^blob:/)
  expect(second).toBe(first)
  expect(asked).toEqual([hash(1)])
  const bytes = await (await fetch(first ?? '')).bytes()
  expect([...bytes]).toEqual([1, 2, 3])
  photos.close()
  expect(photos.get(hash(1))).toBeNull()
  await expect(fetch(first ?? '')).rejects.toThrow()
})

it('asks again for a picture that had not arrived', async () => {
  const pictures = new Map<PhotoHash, Uint8Array>()
  const { call, asked } = engineWith(pictures)
  const photos = createPhotoStore(call)
  const arrived = shown(photos, hash(2))
  // One turn of the loop: the first answer, that nothing is here, has been taken.
  await new Promise(resolve => setTimeout(resolve))
  pictures.set(hash(2), new Uint8Array([7]))
  photos.retry()
  expect(await arrived).toMatch(/^blob:/)
  expect(asked).toEqual([hash(2), hash(2)])
  photos.close()
})

it('keeps some screens of pictures that nobody looks at, and no more', async () => {
  const all = Array.from({ length: 260 }, (_, number) => hash(number))
  const { call } = engineWith(new Map(all.map(each => [each, new Uint8Array([1])])))
  const photos = createPhotoStore(call)
  for (const each of all) {
    await new Promise<void>(resolve => {
      const leave = photos.subscribe(each, () => {
        leave()
        resolve()
      })
    })
  }
  expect(all.filter(each => photos.get(each) !== null)).toEqual(all.slice(-200))
  photos.close()
})
