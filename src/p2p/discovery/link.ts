import type { Log } from '../../shared/log.ts'
import {
  ANNOUNCE_QUIET,
  DEAF_AFTER,
  DUPLICATE_QUESTION_WINDOW,
  MAX_KNOWN_ANSWERS,
  SECOND_FAMILY_FACTOR,
  STRANGER_QUERY_AFTER,
} from './constants.ts'
import { dialableAddresses, isUsableIPv4, type LinkSpec, type Listener } from './interfaces.ts'
import { openLinkSocket } from './link-socket.ts'
import type { PeerTable } from './peer-table.ts'
import {
  type DiscoveryPacket,
  decodePacket,
  encodeAnnouncement,
  encodeGoodbye,
  encodeQuery,
  type KnownAnswer,
} from './records.ts'
import {
  announceGap,
  answerAt,
  deafRetryAfter,
  firstDelay,
  queryGap,
  type Random,
  recordTtlSeconds,
  strangerQueryDelay,
} from './schedule.ts'

/** What the links of one host have in common. */
export interface LinkContext {
  port: number
  /** Own instance name, random for each start, and own peer id. */
  instance: string
  peer: string
  table: PeerTable
  listeners: readonly Listener[]
  now(): number
  random: Random
  log: Log
  onResponse(link: Link, packet: DiscoveryPacket & { kind: 'announcement' | 'goodbye' }, source: string): void
  onMalformed(link: Link, reason: string): void
  onFailure(link: Link, error: Error): void
  /** Something is due earlier than before. */
  onScheduleChanged(): void
}

export interface Link {
  readonly spec: LinkSpec
  /** How often it was reopened in vain because not even its own packets came back: most likely a firewall. */
  readonly deafness: number
  readonly isReady: boolean
  /** The interface has other addresses of the other family now. */
  update(spec: LinkSpec): void
  /** Does what is due and returns when something is due next; 'deaf' asks to be reopened. */
  tick(now: number): number | 'deaf'
  askSoon(delay: number): void
  askAboutStranger(now: number): void
  announceAgain(): void
  ownAddresses(): string[]
  /** Says goodbye if it can, and closes. */
  leave(): Promise<void>
  close(): void
}

/** One interface and family: what to say, when to say it, and what the others said. Times in milliseconds. */
export const createLink = (context: LinkContext, initial: LinkSpec, deafness: number): Link => {
  const { table, now, random, log, instance, peer } = context
  const openedAt = now()
  let spec = initial
  let isReady = false
  let isHearing = deafness === 0
  let queryAt = Number.POSITIVE_INFINITY
  let queryCount = 0
  let questionHeardAt = Number.NEGATIVE_INFINITY
  let announceAt = Number.POSITIVE_INFINITY
  let announceCount = 0
  let replyAt = Number.POSITIVE_INFINITY
  let toldAt = Number.NEGATIVE_INFINITY
  // the watchdog: a packet of ours not yet heard back, and the last packet heard at all
  let sentAt = Number.NEGATIVE_INFINITY
  let heardAt = openedAt

  /** IPv6 beside IPv4: it finds those whom IPv4 does not, and need not repeat itself as often. */
  const factor = () => (spec.family === 6 && spec.all.some(isUsableIPv4) ? SECOND_FAMILY_FACTOR : 1)
  const ttl = () => recordTtlSeconds(table.size, factor())
  const ownAddresses = () => dialableAddresses(spec, context.listeners)

  const send = async (bytes: Buffer) => {
    if (!isReady) return
    if (heardAt >= sentAt) sentAt = now()
    const error = await socket.send(bytes)
    if (error !== null) log.debug({ link: spec.name, error: error.message }, 'could not send a discovery packet')
  }
  const tell = (at: number) => {
    replyAt = Number.POSITIVE_INFINITY
    const addresses = ownAddresses()
    if (addresses.length === 0) return
    toldAt = at
    void send(encodeAnnouncement(instance, ttl(), peer, addresses))
  }
  const ask = (at: number) => void send(encodeQuery(table.knownAnswers(spec.key, at, MAX_KNOWN_ANSWERS)))

  const onQuery = (known: readonly KnownAnswer[], at: number) => {
    const weKnow = table.instances(spec.key)
    // RFC 6762 section 7.3: it asks for all that we would ask for
    if (known.every(answer => answer.instance === instance || weKnow.has(answer.instance))) questionHeardAt = at
    const aboutUs = known.find(answer => answer.instance === instance)
    if (aboutUs !== undefined && aboutUs.ttl >= ttl() / 2) return // section 7.1: it knows us
    if (replyAt !== Number.POSITIVE_INFINITY) return // one answer serves all who ask meanwhile
    replyAt = answerAt(at, toldAt, table.size, random)
    context.onScheduleChanged()
  }
  const onPacket = (bytes: Buffer, source: string) => {
    heardAt = now()
    isHearing = true
    const packet = decodePacket(bytes)
    switch (packet.kind) {
      case 'query':
        onQuery(packet.known, heardAt)
        break
      case 'announcement':
      case 'goodbye':
        if (packet.instance !== instance) context.onResponse(link, packet, source)
        break
      case 'malformed':
        context.onMalformed(link, packet.reason)
        break
      case 'foreign':
        break
    }
  }
  const socket = openLinkSocket({
    spec,
    port: context.port,
    onPacket,
    onReady: () => {
      isReady = true
      queryAt = announceAt = now() + firstDelay(random)
      context.onScheduleChanged()
    },
    onFailure: error => {
      isReady = false
      context.onFailure(link, error)
    },
  })

  const link: Link = {
    get spec() {
      return spec
    },
    get deafness() {
      return isHearing ? 0 : deafness
    },
    get isReady() {
      return isReady
    },
    update: next => {
      spec = next
    },
    tick(at) {
      if (!isReady) return Number.POSITIVE_INFINITY
      const deafAt = sentAt > heardAt ? Math.max(sentAt + DEAF_AFTER, openedAt + deafRetryAfter(deafness)) : Infinity
      if (at >= deafAt) return 'deaf'
      if (at >= queryAt) {
        // the first two are asked in any case: they find those who answer only us
        if (queryCount < 2 || at - questionHeardAt > DUPLICATE_QUESTION_WINDOW) ask(at)
        queryAt = at + queryGap(queryCount++, random)
      }
      if (at >= announceAt) {
        if (at - toldAt > ANNOUNCE_QUIET) tell(at)
        announceAt = at + announceGap(++announceCount, table.size, random, factor())
      }
      if (at >= replyAt) tell(at)
      return Math.min(queryAt, announceAt, replyAt, deafAt)
    },
    askSoon(delay) {
      queryAt = Math.min(queryAt, now() + delay)
      context.onScheduleChanged()
    },
    askAboutStranger(at) {
      if (at - openedAt > STRANGER_QUERY_AFTER) link.askSoon(strangerQueryDelay(random))
    },
    announceAgain() {
      announceCount = 0
      if (isReady) announceAt = Math.min(announceAt, now() + firstDelay(random))
      context.onScheduleChanged()
    },
    ownAddresses,
    async leave() {
      await send(encodeGoodbye(instance))
      link.close()
    },
    close() {
      isReady = false
      socket.close()
    },
  }
  return link
}
