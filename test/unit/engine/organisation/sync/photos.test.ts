import { expect, test } from 'vitest'
import { toHex } from '../../../../../src/crypto/index.ts'
import { encodeSyncFrame } from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import type { PhotoHash } from '../../../../../src/shared/ids.ts'
import { type Colleague, detailsOf, foundOffice, provider, until, versionOf } from '../../../../helpers/sync-office.ts'

/** As far as anybody looks: a PNG of one pixel. */
const PNG = [
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
]
const pictureOf = (name: string) => new Uint8Array([...PNG, ...new TextEncoder().encode(name)])
const hashOf = (bytes: Uint8Array) => toHex(provider.sha256(bytes)) as PhotoHash

const hold = ({ store }: Colleague, bytes: Uint8Array) =>
  store.write(tx => tx.run('INSERT INTO photos (hash, bytes) VALUES (?, ?)', hashOf(bytes), bytes))

/** An office of which Alice has everybody's picture. */
const picturedOffice = async (pictures: readonly Uint8Array[]) => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  for (const bytes of pictures) await hold(office.alice, bytes)
  await office.publish(
    pictures.map((bytes, n) => {
      const who = office.identity(`Colleague ${n}`)
      return {
        kind: 'put-person',
        person: { ...detailsOf(who.name, who.personId), photoHash: provider.sha256(bytes) },
      }
    }),
  )
  return { office, alice: office.alice, bob }
}

test('pictures of colleagues come from whoever has them, a few at a time', async () => {
  const pictures = Array.from({ length: 10 }, (_, n) => pictureOf(`Colleague ${n}`))
  const { office, alice, bob } = await picturedOffice(pictures)
  office.connect(alice, bob)
  const last = pictures.at(-1) as Uint8Array
  await until('all pictures', () => pictures.every(bytes => bob.sync.photos.find(hashOf(bytes)) !== null))
  expect(bob.sync.photos.find(hashOf(last))).toEqual(last)
  expect(office.asked.filter(({ type }) => type === 13)).toHaveLength(3)
})

test('what is no picture, or another one than was asked for, is not kept', async () => {
  const script = new TextEncoder().encode('<script>alert(1)</script>')
  const { office, alice, bob } = await picturedOffice([script, pictureOf('Erika')])
  const { answer } = alice
  alice.answer = (device, bytes) =>
    bytes[1] === 13
      ? Promise.resolve(encodeSyncFrame({ kind: 'photos', photos: [script, pictureOf('Mallory')] }))
      : answer(device, bytes)
  office.connect(alice, bob)
  await until('the list', () => versionOf(bob) === versionOf(alice))
  await until('an answer', () => office.asked.some(({ type }) => type === 13))
  await bob.store.write(() => undefined)
  expect(bob.store.all('SELECT hash FROM photos')).toEqual([])
})
