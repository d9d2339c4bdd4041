import { expect, it } from 'vitest'
import { csvOf } from '../../../../src/renderer/text/csv.ts'

const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

it('quotes every cell and doubles the quotes inside', () => {
  const csv = csvOf([
    ['Name', 'E-mail'],
    ['Mäkelä, "Hanna"', ''],
  ])
  expect(textOf(csv)).toBe('\ufeff"Name","E-mail"\r\n"Mäkelä, ""Hanna""",""\r\n')
})

it('lets no name run as a formula', () => {
  expect(textOf(csvOf([['=HYPERLINK("http://mallory.example")', '-1', 'Anna']]))).toBe(
    '\ufeff"\'=HYPERLINK(""http://mallory.example"")","\'-1","Anna"\r\n',
  )
})
