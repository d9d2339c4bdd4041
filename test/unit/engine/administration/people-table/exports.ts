import { readTable } from '../../../../../src/engine/administration/people-table/index.ts'
import type { ListedPerson } from '../../../../../src/engine/administration/people-table/match-people.ts'
import type { PersonId } from '../../../../../src/shared/ids.ts'

export const utf8Bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What these tests write is Latin-1, the part of Windows-1252 where a character is its own byte; and the euro sign. */
export const windows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text, character => (character === '€' ? 0x80 : character.charCodeAt(0)))

export const utf16 = (text: string, { isLittle }: { isLittle: boolean }): Uint8Array => {
  const bytes = new Uint8Array(2 + 2 * text.length)
  const view = new DataView(bytes.buffer)
  for (const [at, unit] of [0xfeff, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))].entries())
    view.setUint16(2 * at, unit, isLittle)
  return bytes
}

export const idOf = (number: number): PersonId => number.toString(16).padStart(32, '0') as PersonId

export const person = (number: number, fields: Partial<ListedPerson>): ListedPerson => ({
  personId: idOf(number),
  name: `Person ${number}`,
  title: '',
  department: '',
  email: '',
  phone: '',
  roles: [],
  ...fields,
})

export const tableOf = (text: string) => readTable(utf8Bytes(text))
