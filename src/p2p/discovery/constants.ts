/**
 * Constants of LAN discovery. The record formats follow the libp2p mDNS specification, times and suppression follow
 * RFC 6762; where a number differs the reason stands beside it. Times are milliseconds, sizes bytes.
 */

/** Our own service: the common `_p2p._udp.local` would find every libp2p node of the network. */
export const SERVICE_TAG = '_lanyard._udp.local'

/** UDP port of multicast DNS (RFC 6762 section 2), open in most firewalls. */
export const MDNS_PORT = 5353

/** Port of the mode limited to this machine, so that a demo or test never meets the real service. */
export const LOOPBACK_PORT = 42_525

/** Multicast groups of RFC 6762 section 3. */
export const GROUPS = { 4: '224.0.0.251', 6: 'ff02::fb' } as const

/** RFC 6762 section 11: packets stay on the link. */
export const MULTICAST_TTL = 255

/** Sockets: a machine with more interfaces than this (containers) would multicast too much. */
export const MAX_LINKS = 16

/** Devices in the table; more is an attack or another product. */
export const MAX_PEERS = 4_096

/** Addresses of one device, per packet and in all. */
export const MAX_ADDRESSES = 8

/** Sources on one link that are believed about one device: itself, its last address, and somebody who speaks for it. */
export const MAX_SOURCES = 4

/** Bytes of one packet: RFC 6762 section 17 (jumbo frame, header included). */
export const MAX_PACKET_BYTES = 9_000

/** TXT strings looked at in one packet. */
export const MAX_TXT_STRINGS = 32

/** Resource records of all sections of a packet; ours have at most 31. */
export const MAX_RECORDS = 128

/** Known answers in a query: what fits a 1,500 byte Ethernet frame with IPv6 (fragments of multicast get lost). */
export const MAX_KNOWN_ANSWERS = 30

/** Bytes of one TXT string (RFC 1035 section 3.3). */
export const MAX_TXT_BYTES = 255

/** How often the list of interfaces is read; Node has no event for it and the call costs 20 µs. */
export const SCAN_INTERVAL = 1_000

/** The machine slept when its wall clock has run on for longer than this while nothing else did. */
export const WAKE_GAP = 5_000

/** Own packets come back through multicast loop; after this long without one the socket is deaf. */
export const DEAF_AFTER = 3_000
export const DEAF_RETRY_MIN = 10_000
export const DEAF_RETRY_MAX = 600_000

/** The first query and announcement wait this long at least and at most, so that hosts switched on together spread. */
export const FIRST_DELAY = { min: 20, max: 120 } as const

/** Gap between queries: doubles from the first to the last value. */
export const QUERY_INTERVAL_MIN = 1_000
export const QUERY_INTERVAL_MAX = 600_000

/** A question heard from somebody else this recently need not be asked again (RFC 6762 section 7.3). */
export const DUPLICATE_QUESTION_WINDOW = 1_000

/** An unknown device appears: ask soon, perhaps two halves of a network have met. */
export const STRANGER_QUERY_DELAY = { min: 1_000, max: 2_000 } as const

/** Not before a link is this old: at the start everybody is unknown. */
export const STRANGER_QUERY_AFTER = 5_000

/** Least gap between two answers of this host, and what each known device adds: a link stays under 20 answers a second. */
export const ANSWER_SPACING_MIN = 1_000
export const ANSWER_SPACING_PER_PEER = 50

/** Announcements at the start come after these gaps; later ones at the interval. */
export const ANNOUNCE_GAPS = [1_000, 2_000] as const
export const ANNOUNCE_INTERVAL_MIN = 30_000
export const ANNOUNCE_INTERVAL_PER_PEER = 1_000

/** Where an interface speaks IPv4 too, IPv6 says the same: so much more rarely, once the start is over. */
export const SECOND_FAMILY_FACTOR = 4

/** An announcement this soon after another packet of ours tells nothing new. */
export const ANNOUNCE_QUIET = 900

/** Life of a record: at least this long, and long enough to survive two lost announcements. */
export const TTL_MIN = 120_000
export const TTL_INTERVALS = 3.5

/** Seconds: what a packet may claim as its life, whatever it says. */
export const TTL_ACCEPTED = { min: 10, max: 7_200 } as const

/** Parts of a record's life at which it is asked for again (RFC 6762 section 5.2). */
export const REFRESH_AT = [0.8, 0.85, 0.9] as const
