import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSigner } from '../../../src/crypto/index.ts'
import {
  assertInvitationOpen,
  createInvitation,
  encodeInvitation,
  invitationIdOf,
  parseInvitation,
} from '../../../src/org/index.ts'
import { fromBase64url, toBase64url } from '../../../src/org/joining/base64url.ts'
import { actor, DAY, found, MONDAY, newPersonId, provider } from './actors.ts'

const alice = actor('Alice')
const { trusted } = found(alice)
const details = {
  organisation: trusted.organisationId,
  organisationName: trusted.root.name,
  personId: newPersonId(),
  name: 'Bob Müller',
  title: 'Accountant',
  department: 'Finance',
  email: 'bob.mueller@harbour.example',
  phone: '+49 40 123456-78',
  via: [
    { device: alice.device.id, name: 'Alice', addresses: ['/ip4/192.0.2.7/tcp/40123', '/ip6/2001:db8::7/tcp/40123'] },
  ],
  issued: MONDAY,
  expires: MONDAY + 7 * DAY,
}
const invite = (change: Partial<typeof details> = {}) =>
  createInvitation(provider, { ...details, ...change }, createSigner(provider, alice.keys.sig))
const invitation = invite()
const link = encodeInvitation(provider, invitation)
const parse = (text: string) => parseInvitation(provider, text)
const refused = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) })

describe('Bob pastes the invitation', () => {
  test('as it is', () => {
    expect(link).toMatch(/^lanyard:join\/[\w-]+$/)
    expect(parse(link)).toEqual(invitation)
  })

  test.each<[string, (link: string) => string]>([
    ['with space around', link => `  ${link}\n\n`],
    ['broken into lines', link => link.replace(/(.{40})/g, '$1\r\n')],
    ['quoted in a mail', link => `> ${link.replace(/(.{60})/g, '$1\n> ')}`],
    ['in brackets', link => `<${link}>`],
    ['in German quotation marks, with a full stop', link => `„${link}“.`],
    [
      'with invisible characters',
      link => `\ufeff${link.slice(0, 50)}\u200b${link.slice(50, 90)}\u00ad${link.slice(90)}`,
    ],
    ['with the whole mail', link => `Dear Bob,\nplease join us:\n\n${link}\n\nKind regards\nAlice`],
    ['as some systems hand links over', link => link.replace('lanyard:', 'LANYARD://')],
  ])('%s', (_, paste) => {
    expect(parse(paste(link))).toEqual(invitation)
  })

  test('with any character of it wrong: he is told to copy it again', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const start = 'lanyard:join/'.length
    for (let at = start; at < link.length; at++) {
      const wrong = alphabet[(alphabet.indexOf(link[at] ?? '') + 1) % 64]
      const text = link.slice(0, at) + wrong + link.slice(at + 1)
      expect(() => parse(text), `character ${at}`).toThrow(refused('invitation-malformed', /copy all of it again/))
    }
  })

  test('without its end, or without its beginning', () => {
    for (let length = 13; length < link.length; length++)
      expect(() => parse(link.slice(0, length))).toThrow(refused('invitation-malformed', /not complete/))
    expect(() => parse(link.slice(20))).toThrow(refused('invitation-malformed', /must begin with/))
  })

  test('which is no invitation at all', () => {
    for (const text of ['', 'https://example.org', 'lanyard:', 'Alice'])
      expect(() => parse(text)).toThrow(refused('invitation-malformed', /must begin with/))
    expect(() => parse('x'.repeat(10_000))).toThrow(refused('invitation-malformed', /far longer/))
    expect(() => parse(`lanyard:join/${'A'.repeat(7_000)}`)).toThrow(refused('invitation-malformed', /not complete/))
  })

  test('and any text at all is read or refused, never more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(() => parse(`lanyard:join/${text}`)).toThrow(refused('invitation-malformed', /./))
      }),
    )
  })

  test('after a week: it has run out', () => {
    expect(() => assertInvitationOpen(parse(link), MONDAY + 7 * DAY - 1)).not.toThrow()
    expect(() => assertInvitationOpen(parse(link), MONDAY + 7 * DAY)).toThrow(refused('invitation-expired', /run out/))
  })
})

describe('Alice makes invitations', () => {
  test('each with its own secret, and so its own id', () => {
    const other = invite()
    expect(other.secret).not.toEqual(invitation.secret)
    expect(invitationIdOf(provider, other.secret)).not.toBe(invitationIdOf(provider, invitation.secret))
    expect(invitationIdOf(provider, invitation.secret)).toMatch(/^[0-9a-f]{32}$/)
  })

  test('with long names and many addresses: as many addresses as fit', () => {
    const address = `/dns6/${'x'.repeat(180)}/tcp/40123`
    const via = Array.from({ length: 4 }, () => ({
      device: alice.device.id,
      name: 'Alice',
      addresses: Array(20).fill(address),
    }))
    const long = invite({ name: 'ß'.repeat(120), via })
    expect(encodeInvitation(provider, long).length).toBeLessThanOrEqual(2_000)
    expect(parse(encodeInvitation(provider, long))).toEqual(long)
    expect(long.via[0]?.addresses.length).toBeGreaterThan(0)
  })

  test('of an ordinary size: a QR code of version 19 at level M carries it', () => {
    expect(link.length).toBeLessThan(800)
  })

  test('whose colleague answers for her as well: each device under its own name', () => {
    const emma = actor('Emma')
    const via = [...details.via, { device: emma.device.id, name: 'Emma', addresses: [] }]
    const both = invite({ via })
    expect(parse(encodeInvitation(provider, both)).via).toEqual(via)
  })

  test('in whatever form her keyboard writes the letters: read as it was signed', () => {
    const decomposed = invite({ name: 'Zoe\u0308', organisationName: 'Cafe\u0301' })
    expect(decomposed).toMatchObject({ name: 'Zo\u00eb', organisationName: 'Caf\u00e9' })
    expect(parse(encodeInvitation(provider, decomposed))).toEqual(decomposed)
  })

  test('with a name that does not go into a link: bad input', () => {
    const wide = '漢'.repeat(200)
    expect(() => invite({ title: wide, department: wide, name: wide.slice(0, 120) })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })
})

test('base64url: one text for one byte string', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      const text = toBase64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64url(text)).toEqual(bytes)
    }),
  )
  for (const text of ['A', 'AB', 'AAB', 'AA=', 'A A', 'AAAAA', '+/']) expect(fromBase64url(text)).toBeNull()
})
