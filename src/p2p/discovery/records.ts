import { type Answer, AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet'
import { ADDRESS_PATTERN } from '../multiaddrs.ts'
import {
  MAX_ADDRESSES,
  MAX_PACKET_BYTES,
  MAX_RECORDS,
  MAX_TXT_BYTES,
  MAX_TXT_STRINGS,
  SERVICE_TAG,
} from './constants.ts'

/** One of our records that somebody says they know (RFC 6762 section 7.1). */
export interface KnownAnswer {
  instance: string
  /** Seconds that the record still lives. */
  ttl: number
}

/** What a packet says to us. */
export type DiscoveryPacket =
  | { kind: 'query'; known: KnownAnswer[] }
  /** `peer` is the libp2p peer id, `addresses` are multiaddrs without it, `ttl` seconds. */
  | { kind: 'announcement'; instance: string; ttl: number; peer: string; addresses: string[] }
  | { kind: 'goodbye'; instance: string }
  /** Another service's packet, or a record of ours that says nothing. */
  | { kind: 'foreign' }
  | { kind: 'malformed'; reason: string }

const HEADER_BYTES = 12
const CLASS = 'IN'
const DNS_ADDRESS = new RegExp(`^dnsaddr=(${ADDRESS_PATTERN})/p2p/([1-9A-HJ-NP-Za-km-z]{40,64})$`)
const INSTANCE = /^[0-9A-Za-z_-]{16,63}$/
const text = new TextDecoder('utf-8', { fatal: false })

/** DNS labels are length-prefixed: in every packet of ours the first label of the tag stands somewhere like this. */
const TAG_LABEL = Buffer.from(`\u0008${SERVICE_TAG.split('.')[0]}`, 'latin1')

/** Types of a question about us; dns-packet reads `ANY` too, which its types do not know. */
const asksForUs: ReadonlySet<string | undefined> = new Set(['PTR', 'ANY'])

const foreign: DiscoveryPacket = { kind: 'foreign' }
const malformed = (reason: string): DiscoveryPacket => ({ kind: 'malformed', reason })

const pointer = (instance: string, ttl: number): Answer => ({
  name: SERVICE_TAG,
  type: 'PTR',
  class: CLASS,
  ttl,
  data: `${instance}.${SERVICE_TAG}`,
})

const TYPE_PTR = 12
const CLASS_IN = 1
/** RFC 1035 section 4.1.4: "the name that stands at byte 12", which is the tag of the question. */
const POINTER_TO_TAG = [0xc0, HEADER_BYTES]

const labels = (name: string): Buffer =>
  Buffer.concat(name.split('.').map(label => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1')))

const uint16 = (value: number) => [value >> 8, value & 0xff]
const uint32 = (value: number) => [...uint16(value >>> 16), ...uint16(value & 0xffff)]

/** Written by hand, because dns-packet does not compress names: so 30 known answers fit a frame instead of 16. */
export const encodeQuery = (known: readonly KnownAnswer[]): Buffer => {
  const header = [0, 0, 0, 0, ...uint16(1), ...uint16(known.length), 0, 0, 0, 0]
  const question = [...labels(SERVICE_TAG), 0, ...uint16(TYPE_PTR), ...uint16(CLASS_IN)]
  const answers = known.flatMap(({ instance, ttl }) => {
    const data = [...labels(instance), ...POINTER_TO_TAG]
    return [
      ...POINTER_TO_TAG,
      ...uint16(TYPE_PTR),
      ...uint16(CLASS_IN),
      ...uint32(ttl),
      ...uint16(data.length),
      ...data,
    ]
  })
  return Buffer.from([...header, ...question, ...answers])
}

/** One device a packet: implementations of the libp2p specification read it so. `addresses` are multiaddrs without id. */
export const encodeAnnouncement = (instance: string, ttl: number, peer: string, addresses: readonly string[]): Buffer =>
  encode({
    type: 'response',
    flags: AUTHORITATIVE_ANSWER,
    answers: [pointer(instance, ttl)],
    additionals: [
      {
        name: `${instance}.${SERVICE_TAG}`,
        type: 'TXT',
        class: CLASS,
        flush: true,
        ttl,
        data: addresses
          .slice(0, MAX_ADDRESSES)
          .map(address => `dnsaddr=${address}/p2p/${peer}`)
          .filter(line => line.length <= MAX_TXT_BYTES),
      },
    ],
  })

/** TTL 0 and no TXT: others would take a TXT for a find. */
export const encodeGoodbye = (instance: string): Buffer =>
  encode({ type: 'response', flags: AUTHORITATIVE_ANSWER, answers: [pointer(instance, 0)] })

const instanceOf = (record: Answer): KnownAnswer | undefined => {
  if (record.type !== 'PTR' || record.name.toLowerCase() !== SERVICE_TAG) return undefined
  const [instance = '', ...tag] = record.data.split('.')
  if (tag.join('.').toLowerCase() !== SERVICE_TAG || !INSTANCE.test(instance)) return undefined
  return { instance, ttl: record.ttl ?? 0 }
}

const textLines = (record: Answer): string[] =>
  record.type === 'TXT' ? [record.data].flat().map(line => (typeof line === 'string' ? line : text.decode(line))) : []

const readResponse = (records: readonly Answer[]): DiscoveryPacket => {
  const [pointed] = records.map(instanceOf).filter(known => known !== undefined)
  if (pointed === undefined) return foreign
  if (pointed.ttl === 0) return { kind: 'goodbye', instance: pointed.instance }
  let peer: string | undefined
  const addresses = new Set<string>()
  for (const line of records.flatMap(textLines).slice(0, MAX_TXT_STRINGS)) {
    const [, address, id] = DNS_ADDRESS.exec(line) ?? []
    if (address === undefined || id === undefined) continue
    peer ??= id
    if (id === peer && addresses.size < MAX_ADDRESSES) addresses.add(address)
  }
  if (peer === undefined) return foreign
  return { kind: 'announcement', ...pointed, peer, addresses: [...addresses] }
}

/** Never throws: whatever arrives on a multicast group is somebody's, not ours. */
export const decodePacket = (bytes: Buffer): DiscoveryPacket => {
  if (bytes.length > MAX_PACKET_BYTES) return malformed('too large')
  if (!bytes.includes(TAG_LABEL)) return foreign // most of the link's multicast DNS: not worth decoding
  if (bytes.length < HEADER_BYTES) return malformed('too short')
  const records = [4, 6, 8, 10].reduce((sum, offset) => sum + bytes.readUInt16BE(offset), 0)
  if (records > MAX_RECORDS) return malformed('too many records')
  try {
    const packet = decode(bytes)
    const { questions = [], answers = [], additionals = [] } = packet
    if (packet.flag_qr) return readResponse([...answers, ...additionals])
    const isForUs = questions.some(({ name, type }) => name.toLowerCase() === SERVICE_TAG && asksForUs.has(type))
    return isForUs ? { kind: 'query', known: answers.map(instanceOf).filter(known => known !== undefined) } : foreign
  } catch (error) {
    return malformed(error instanceof Error ? error.message : String(error))
  }
}
