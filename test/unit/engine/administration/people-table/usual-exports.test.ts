import { describe, expect, test } from 'vitest'
import {
  editsOf,
  guessMapping,
  previewTable,
  readTable,
} from '../../../../../src/engine/administration/people-table/index.ts'
import { utf8Bytes, utf16, windows1252 } from './exports.ts'

/** Everybody in it as new people, by the guessed mapping alone. */
const peopleIn = (bytes: Uint8Array) => {
  const table = readTable(bytes)
  return editsOf(previewTable(table, guessMapping(table), [])).map(({ kind, ...fields }) => fields)
}

const jurgen = {
  name: 'Jürgen Müßig',
  title: 'Leiter Buchhaltung',
  department: 'Buchhaltung',
  email: 'j.muessig@hafen.example',
  phone: '+49 40 123',
  roles: ['Betriebsrat', 'Ersthelfer'],
}

const german = [
  'Vorname;Nachname;E-Mail-Adresse;Telefon;Position;Abteilung;Rollen',
  'Jürgen;Müßig;j.muessig@hafen.example;+49 40 123;Leiter Buchhaltung;Buchhaltung;"Ersthelfer; Betriebsrat"',
  ';;;;;;',
].join('\r\n')

describe('Excel in German', () => {
  test.each([
    ['CSV (Windows-1252)', windows1252(german)],
    ['CSV UTF-8 (byte order mark)', utf8Bytes(`\ufeff${german}`)],
    ['Unicode text (UTF-16, tabs)', utf16(german.replaceAll(';', '\t').replace('\t ', '; '), { isLittle: true })],
    ['UTF-16 the other way round', utf16(german, { isLittle: false })],
    ['with its own word on the delimiter', windows1252(`sep=;\r\n${german}`)],
    ['on an old Mac', windows1252(german.replaceAll('\r\n', '\r'))],
  ])('%s', (_, bytes) => {
    expect(peopleIn(bytes)).toEqual([jurgen])
  })
})

test('Excel in German: a column "Name" beside "Vorname" is the family name', () => {
  expect(peopleIn(windows1252('Name;Vorname;Abteilung\r\nMüßig;Jürgen;Lager'))).toMatchObject([
    { name: 'Jürgen Müßig' },
  ])
})

test('Google Sheets: commas, quoted cells with commas, quotes and line breaks in columns that nobody asked for', () => {
  const sheet = [
    'Name,Job Title,Department,Email,Mobile,Notes',
    'Aino Järvinen,"Engineer, senior",R&D,aino@hafen.example,+358 40 1234567,"said ""hei"",',
    'then left"',
    '"Bob ""Bobby"" Brown",,R&D,bob@hafen.example,,',
  ].join('\n')
  expect(peopleIn(utf8Bytes(sheet))).toMatchObject([
    { name: 'Aino Järvinen', title: 'Engineer, senior', department: 'R&D', phone: '+358 40 1234567' },
    { name: 'Bob "Bobby" Brown', title: '', phone: '' },
  ])
})

test('Google contacts: numbered columns', () => {
  const csv = [
    'First Name,Middle Name,Last Name,Organization Name,Organization Title,Organization Department,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value',
    'Carol,,Nguyen,Hafen & Co,Dispatcher,Harbour,* Work,carol@hafen.example,Work,040 55',
  ].join('\r\n')
  expect(peopleIn(utf8Bytes(csv))).toEqual([
    {
      name: 'Carol Nguyen',
      title: 'Dispatcher',
      department: 'Harbour',
      email: 'carol@hafen.example',
      phone: '040 55',
      roles: [],
    },
  ])
})

test('Outlook: of its 92 columns the ones that hold something, and no form of address for a title', () => {
  const columns = ['First Name', 'Middle Name', 'Last Name', 'Title', 'Suffix', 'Company', 'Department', 'Job Title']
  const more = ['Business Phone', 'Home Phone', 'Mobile Phone', 'E-mail Address', 'E-mail Type', 'Notes']
  const cells = [
    'Dave',
    '',
    'Okafor',
    'Mr.',
    '',
    'Hafen & Co',
    'IT',
    'Administrator',
    '',
    '',
    '0171 9',
    'dave@x.example',
    'SMTP',
    '',
  ]
  const csv = [[...columns, ...more], cells].map(row => row.map(cell => `"${cell}"`).join(',')).join('\r\n')
  expect(peopleIn(windows1252(csv))).toMatchObject([
    { name: 'Dave Okafor', title: 'Administrator', department: 'IT', phone: '0171 9', email: 'dave@x.example' },
  ])
})

test.each([
  [
    'Finnish (LibreOffice)',
    'Etunimi;Sukunimi;Sähköposti;Matkapuhelin;Tehtävä;Osasto\nAino;Järvinen;a@x.example;040;Kokki;Keittiö',
  ],
  [
    'French (LibreOffice)',
    'Nom,Prénom,Courriel,Téléphone,Fonction,Service\nJärvinen,Aino,a@x.example,040,Kokki,Keittiö',
  ],
  [
    'English, quoted throughout',
    '"Display name","User principal name","Phone number","Job title","Department"\n"Aino Järvinen","a@x.example","040","Kokki","Keittiö"',
  ],
])('%s', (_, text) => {
  expect(peopleIn(utf8Bytes(text))).toEqual([
    { name: 'Aino Järvinen', title: 'Kokki', department: 'Keittiö', email: 'a@x.example', phone: '040', roles: [] },
  ])
})

test('letters that are put together from accents are one letter afterwards', () => {
  expect(peopleIn(utf8Bytes('Name\nJu\u0308rgen'))).toMatchObject([{ name: 'J\u00fcrgen' }])
})

test('without a heading the columns are called as the spreadsheet calls them, and the first row counts', () => {
  const table = readTable(utf8Bytes('Alice;alice@x.example\nBob;bob@x.example'))
  expect(table.columns).toEqual(['A', 'B'])
  expect(table.lines.map(({ row }) => row)).toEqual([1, 2])
  expect(previewTable(table, { name: 0, email: 1 }, []).map(({ name }) => name)).toEqual(['Alice', 'Bob'])
})

test.each([
  ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
  ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])],
  ['binary data', new Uint8Array([65, 0, 66])],
  ['nothing', new Uint8Array()],
  ['empty rows', utf8Bytes(';;\n\n ; \n')],
  ['half of a UTF-16 unit', new Uint8Array([0xff, 0xfe, 65])],
  ['too many rows', utf8Bytes(`Name\n${'A\n'.repeat(50_001)}`)],
  ['too many empty rows', utf8Bytes('\n'.repeat(200_000))],
  ['too many columns', utf8Bytes(`Name${',x'.repeat(1_000)}\nA`)],
  ['too many bytes', new Uint8Array(16 * 1024 * 1024 + 1)],
])('%s cannot be read as a table', (_, bytes) => {
  expect(() => readTable(bytes)).toThrow(expect.objectContaining({ code: 'table-unreadable' }))
})
