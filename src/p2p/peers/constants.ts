/** Constants of peer exchange. Times are milliseconds, sizes bytes. */

const HOUR = 60 * 60_000
const DAY = 24 * HOUR

/** Members tell each other where other members listen, in their own signed words. */
export const PEERS_PROTOCOL = '/lanyard/peers/1'

/** A record with eight IPv6 addresses takes some 400 bytes. */
export const MAX_RECORD_BYTES = 512

/** Addresses in a record: as many as in a hello. */
export const MAX_RECORD_ADDRESSES = 8

/**
 * Lowest port that is believed in a record. Devices listen on a port that the system chose or one above the services: a
 * record must not lead all colleagues to somebody's login or mail server.
 */
export const MIN_RECORD_PORT = 1_024

/** Devices whose records are kept: as many as discovery knows. */
export const MAX_RECORDS = 4_096

/** Records in one frame. Whoever lacks more gets them with the next exchange. */
export const MAX_RECORDS_PER_FRAME = 256

/** Devices in 'this is what I hold', those with the freshest records; 43 bytes each. */
export const MAX_HOLDINGS = 2_048

/** A full frame of records takes 130 KiB, one of holdings 88. */
export const MAX_PEERS_FRAME_BYTES = 144 * 1024

/** Frames that one side sends on one stream. */
export const MAX_PEERS_FRAMES = 2

/** For a whole exchange: three frames over a bad VPN. */
export const EXCHANGE_TIMEOUT = 10_000

/** Streams of one connection and of one device at once, and streams that we have open ourselves with all. */
export const MAX_PEERS_STREAMS = 2
export const PARALLEL_EXCHANGES = 8

/** Streams of one device that are answered at once, and then in each second. An office that starts asks some dozens. */
export const EXCHANGE_BURST = 120
export const EXCHANGES_PER_SECOND = 1

/**
 * News about one device that are taken over and passed on at once, and then in each second. A laptop that changes from
 * cable to WLAN and VPN makes four; a device in the wrong hands must not keep everybody busy with its own news.
 */
export const NEWS_BURST = 8
export const NEWS_PER_SECOND = 1 / 15

/** How far ahead a device's clock may be, and when a record counts for nothing any more. */
export const MAX_RECORD_LEAD = DAY
export const MAX_RECORD_AGE = 30 * DAY

/** A record is signed anew this often, so that those who stay do not age. */
export const RECORD_RENEWAL = DAY

/** The device behind a record younger than this is there, most likely. */
export const RECENT_RECORD = 10 * 60_000

/** News are passed on after this, several in one frame; whoever tells us the same meanwhile is not told. */
export const NEWS_DELAY = { min: 300, max: 700 } as const

/** After a connection the dialler begins the exchange; the other side does when the dialler has not. */
export const DIALLER_BEGINS = { min: 50, max: 250 } as const
export const LISTENER_BEGINS = { min: 2_000, max: 3_000 } as const

/**
 * With more connections than this nobody has something to say that was not heard from the first ones: no exchange by
 * itself on a new connection, and own news go to a few as well. In a full mesh of n devices both would cost n² streams.
 */
export const MANY_CONNECTIONS = 32

/** Who is heard on the LAN hears the same as we do: an exchange by itself with so many of them is enough. */
export const LAN_EXCHANGES = 4

/** News of others are told to so many at random, who do the same: three rounds of a second reach sixty. */
export const NEWS_FANOUT = 4

/** What slips through is found by an exchange with one connection at random. ±20 %. */
export const RECONCILIATION_INTERVAL = 60_000
