import { decode, encode } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MAX_ADDRESSES,
  MAX_KNOWN_ANSWERS,
  MAX_PACKET_BYTES,
  MAX_RECORDS,
  SERVICE_TAG,
} from '../../../../src/p2p/discovery/constants.ts'
import { decodePacket, encodeAnnouncement, encodeGoodbye, encodeQuery } from '../../../../src/p2p/discovery/records.ts'

const instance = '0123456789abcdef0123456789abcdef'
const alice = '12D3KooWQYV9dGMFoRzNStwpXztXaBUjtPqi6aU76ZgUriHhKust'
const bob = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'
const address = '/ip4/10.0.0.7/tcp/4001'

const txt = (data: string[]) => ({ name: `${instance}.${SERVICE_TAG}`, type: 'TXT' as const, ttl: 120, data })
const ptr = (data = `${instance}.${SERVICE_TAG}`, ttl = 120) => ({ name: SERVICE_TAG, type: 'PTR' as const, ttl, data })

describe('discovery records', () => {
  it('says who is where, and reads it again', () => {
    expect(decodePacket(encodeAnnouncement(instance, 120, alice, [address, '/ip6/fd00::7/tcp/4001']))).toEqual({
      kind: 'announcement',
      instance,
      ttl: 120,
      peer: alice,
      addresses: [address, '/ip6/fd00::7/tcp/4001'],
    })
  })

  it('asks with what it knows', () => {
    expect(decodePacket(encodeQuery([{ instance, ttl: 99 }]))).toEqual({
      kind: 'query',
      known: [{ instance, ttl: 99 }],
    })
  })

  it('asks in a form that any reader of DNS understands', () => {
    const { questions, answers } = decode(encodeQuery([{ instance, ttl: 99 }]))
    expect(questions).toMatchObject([{ name: SERVICE_TAG, type: 'PTR', class: 'IN' }])
    expect(answers).toMatchObject([{ name: SERVICE_TAG, type: 'PTR', ttl: 99, data: `${instance}.${SERVICE_TAG}` }])
  })

  it('says goodbye without a TXT record', () => {
    const packet = encodeGoodbye(instance)
    expect(decodePacket(packet)).toEqual({ kind: 'goodbye', instance })
    expect(packet.includes('dnsaddr')).toBe(false)
  })

  it('fits all known answers into one Ethernet frame', () => {
    const known = Array.from({ length: MAX_KNOWN_ANSWERS }, (_, n) => ({
      instance: `${n}`.padStart(32, '0'),
      ttl: 120,
    }))
    expect(encodeQuery(known).length).toBeLessThanOrEqual(1_452)
  })

  it('keeps to the number of addresses, in what it says and in what it believes', () => {
    const many = Array.from({ length: 20 }, (_, n) => `/ip4/10.0.0.${n + 1}/tcp/4001`)
    const heard = decodePacket(encodeAnnouncement(instance, 120, alice, many))
    expect(heard).toMatchObject({ addresses: many.slice(0, MAX_ADDRESSES) })
    const greedy = encode({
      type: 'response',
      answers: [ptr()],
      additionals: [txt(many.map(a => `dnsaddr=${a}/p2p/${alice}`))],
    })
    expect(decodePacket(greedy)).toMatchObject({ addresses: many.slice(0, MAX_ADDRESSES) })
  })

  it('believes one device a packet: the first', () => {
    const mixed = encode({
      type: 'response',
      answers: [ptr()],
      additionals: [txt([`dnsaddr=${address}/p2p/${alice}`, `dnsaddr=/ip4/10.6.6.6/tcp/1/p2p/${bob}`])],
    })
    expect(decodePacket(mixed)).toMatchObject({ peer: alice, addresses: [address] })
  })

  it.each([
    ['a DNS name', `dnsaddr=/dns4/evil.example/tcp/443/p2p/${alice}`],
    ['a relay', `dnsaddr=/ip4/1.2.3.4/tcp/1/p2p/${bob}/p2p-circuit/p2p/${alice}`],
    ['a websocket', `dnsaddr=/ip4/1.2.3.4/tcp/1/ws/p2p/${alice}`],
    ['port zero', `dnsaddr=/ip4/1.2.3.4/tcp/0/p2p/${alice}`],
    ['no id', 'dnsaddr=/ip4/1.2.3.4/tcp/1'],
    ['an empty string', ''],
  ])('ignores %s as an address', (_, line) => {
    expect(decodePacket(encode({ type: 'response', answers: [ptr()], additionals: [txt([line])] }))).toEqual({
      kind: 'foreign',
    })
  })

  it('hears a question for any kind of record of ours as one for us, and for another kind not', () => {
    const question = encodeQuery([])
    const asking = (type: number) => {
      const packet = Buffer.from(question)
      packet.writeUInt16BE(type, packet.length - 4) // of the one question: type, then class
      return decodePacket(packet).kind
    }
    expect([12, 255, 16].map(asking)).toEqual(['query', 'query', 'foreign']) // PTR, ANY, TXT
  })

  it("leaves other services' packets alone", () => {
    const printer = encode({ type: 'query', questions: [{ name: '_ipp._tcp.local', type: 'PTR' }] })
    expect(decodePacket(printer)).toEqual({ kind: 'foreign' })
    const other = encode({ type: 'query', questions: [{ name: '_lanyardy._udp.local', type: 'PTR' }] })
    expect(decodePacket(other)).toEqual({ kind: 'foreign' })
  })

  it('refuses what is too large or has too many records', () => {
    const tag = encodeQuery([])
    expect(decodePacket(Buffer.concat([tag, Buffer.alloc(MAX_PACKET_BYTES)]))).toMatchObject({ kind: 'malformed' })
    const small = { name: 'x.local', type: 'A' as const, data: '10.0.0.1' }
    const many = encode({ type: 'response', answers: [ptr(), ...Array.from({ length: MAX_RECORDS }, () => small)] })
    expect(decodePacket(many)).toMatchObject({ kind: 'malformed', reason: 'too many records' })
  })

  it('survives a name that points at itself', () => {
    const packet = Buffer.concat([
      encodeQuery([]).subarray(0, 12),
      Buffer.from([0xc0, 12, 0, 12, 0, 1]),
      encodeQuery([]),
    ])
    expect(decodePacket(packet)).toMatchObject({ kind: 'malformed' })
  })

  it('never throws, whatever arrives', () => {
    const seeds = [
      encodeQuery([{ instance, ttl: 5 }]),
      encodeAnnouncement(instance, 9, alice, [address]),
      encodeGoodbye(instance),
    ]
    const mutated = fc
      .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(250), fc.nat(255)), { maxLength: 6 }), fc.nat(250))
      .map(([packet, changes, cut]) => {
        const copy = Buffer.from(packet.subarray(0, Math.max(13, packet.length - (cut % packet.length))))
        for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte
        return copy
      })
    const random = fc.uint8Array({ maxLength: 600 }).map(bytes => Buffer.concat([bytes, Buffer.from('\u0008_lanyard')]))
    const kinds = ['query', 'announcement', 'goodbye', 'foreign', 'malformed']
    fc.assert(
      fc.property(fc.oneof(mutated, random), bytes => kinds.includes(decodePacket(bytes).kind)),
      { numRuns: 5_000 },
    )
  })

  it('reads every announcement that it writes', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    const addresses = fc.uniqueArray(
      fc.tuple(fc.ipV4(), port).map(([ip, p]) => `/ip4/${ip}/tcp/${p}`),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(addresses, fc.integer({ min: 1, max: 7_200 }), (list, ttl) => {
        expect(decodePacket(encodeAnnouncement(instance, ttl, alice, list))).toEqual({
          kind: 'announcement',
          instance,
          ttl,
          peer: alice,
          addresses: list,
        })
      }),
    )
  })
})
