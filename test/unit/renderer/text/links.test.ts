import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textParts } from '../../../../src/renderer/text/links.ts'

const urls = (text: string) => textParts(text).flatMap(({ url }) => url ?? [])

test('addresses are found without the sign that ends the sentence', () => {
  expect(urls('Read https://intra.norrvik.example/wi/l3-4512. Then (mailto:pekka@norrvik.example)!')).toEqual([
    'https://intra.norrvik.example/wi/l3-4512',
    'mailto:pekka@norrvik.example',
  ])
})

test('Mallory gets no script, no plain http and no address that hides another', () => {
  expect(
    urls('javascript:alert(1) http://x.example data:text/html,x file:///etc/passwd https://bank.example@evil.example'),
  ).toEqual([])
})

test('Mallory cannot turn an address round, nor freeze the window with signs that end no sentence', () => {
  expect(urls('https://evil.example/\u202egnp.elpmaxe.knab')).toEqual(['https://evil.example/'])
  const endless = `https://evil.example/${'!'.repeat(200_000)}a`
  expect(urls(endless)).toEqual([endless])
})

test('nothing of a text is lost or doubled', () => {
  const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom('https://a.example/b', ' ', '.', 'mailto:a@b.example')))
  fc.assert(
    fc.property(pieces, words => {
      const text = words.join('')
      const parts = textParts(text)
      expect(parts.map(part => part.text).join('')).toBe(text)
      for (const { at, text: piece } of parts) expect(text.slice(at, at + piece.length)).toBe(piece)
    }),
  )
})
