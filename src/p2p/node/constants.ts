/** Constants of connections. Times are milliseconds, sizes bytes. */

const KIB = 1024
const MIB = 1024 * KIB

/** Opened by the dialler right after the handshake: who we are, where we listen, and what the engine wants to say first. */
export const HELLO_PROTOCOL = '/lanyard/hello/1'

/** One long-lived stream for each connected pair of devices. */
export const MESSAGE_PROTOCOL = '/lanyard/message/1'

/** Organisation documents; answers may be whole bundles. */
export const ORG_PROTOCOL = '/lanyard/org/1'

/** The one protocol that a device off the contact list may open. */
export const JOIN_PROTOCOL = '/lanyard/join/1'

/** Bytes of a hello frame: the engine's payload (1 KiB at most) and 8 addresses take some 2 KiB; the rest is for later. */
export const MAX_HELLO_BYTES = 32 * KIB

/** Bytes of the frame of a join request: the signed request itself takes 2 KiB at most. */
export const MAX_JOIN_FRAME_BYTES = 16 * KIB

/** Answers to one request: progress reports of a join. */
export const MAX_ANSWERS = 64

/** From connection to both hellos read: two round trips on a bad VPN. */
export const HELLO_TIMEOUT = 5_000

/** Hellos of a device that is no member on one connection, before they count as offences. */
export const MAX_REFUSED_HELLOS = 8

/** For the whole of a request to arrive, once its stream is open. */
export const REQUEST_TIMEOUT = 30_000

/** A connection of a device that may only join is closed after this long without a join stream. */
export const JOIN_IDLE = 30_000

/** Connections of devices that may only join, at once. */
export const MAX_JOIN_CONNECTIONS = 64

/** Of these from one address, so that one machine with many keys cannot take all places of those who really join. */
export const MAX_JOIN_CONNECTIONS_PER_HOST = 8

/**
 * Connections of one device at once. Two are usual for a moment (both dial, or one replaces a lost one); a stolen device
 * must not fill memory or our connection limit with others that never say hello.
 */
export const MAX_DEVICE_CONNECTIONS = 8

/**
 * libp2p turns new connections away at its limit and closes others to stay below it, at 300 unless told. Everybody is
 * connected to everybody: that would tear apart an office of 300 devices. Ours is out of reach of honest offices; what
 * strangers can do is bounded by admission and the limits for each device, before a connection counts here.
 */
export const MAX_CONNECTIONS = 8_192

/** Requests of one protocol on one connection; a device that has more to ask waits. Each may hold a bundle of 16 MiB. */
export const MAX_REQUEST_STREAMS = 2

/** Requests of one protocol by one device on all its connections: one may replace another whose end is not known yet. */
export const MAX_DEVICE_REQUESTS = 2 * MAX_REQUEST_STREAMS

/** Streams that the other side may have open on one connection, all protocols together and before they name one. */
export const MAX_INBOUND_STREAMS = 32

/** Bytes waiting for a slow device before `send` refuses; below the half of it `drain` is emitted. */
export const MAX_OUTGOING_BYTES = MIB
export const OUTGOING_LOW_BYTES = MAX_OUTGOING_BYTES / 2

/** Bytes handed to listeners and not yet settled (`waitUntil`) before reading pauses, and where it resumes. */
export const MAX_UNSETTLED_BYTES = MIB
export const UNSETTLED_LOW_BYTES = MAX_UNSETTLED_BYTES / 2

/**
 * Frames of one device that are read at once, and then in each second. A week away from a busy colleague is some
 * thousands of messages, and the benchmark of bursts says 30,000; nobody writes 50 in a second for long, and that many
 * cost us a few per cent of a core.
 */
export const MESSAGE_BURST = 40_000
export const MESSAGES_PER_SECOND = 50

/** Devices whose pace is remembered: more than discovery knows at once. */
export const MAX_PACED_DEVICES = 8_192

/** Receive window of a stream: below the 4 MiB that libp2p buffers for a paused stream before it resets it. */
export const MAX_STREAM_WINDOW = 2 * MIB

/** Offences (malformed frames, forbidden protocols) within the window after which a device is shut out for as long. */
export const MAX_OFFENCES = 5
export const OFFENCE_WINDOW = 10 * 60_000

/** Devices whose offences are remembered. */
export const MAX_OFFENDERS = 1_024

/**
 * A session says that it is there once a second and is given up after this silence, so that a pulled cable is noticed
 * within 3 s. One byte on the open stream: libp2p's connection monitor opens a stream for each ping, which at these
 * intervals kept 20 hosts busy with nothing else.
 */
export const HEARTBEAT_INTERVAL = 900
export const HEARTBEAT_CHECK = 300
export const MAX_SILENCE = 2_200

/** More new sessions than this in so short a time: an office starts together, everybody is busy with handshakes. */
export const RUSH_SESSIONS = 4
export const RUSH_TIME = 15_000
export const MAX_SILENCE_IN_RUSH = 8_000

/** A check that comes this much later than planned was held up in our own process: nobody is judged by it. */
export const CHECK_HELD_UP = 500

/** libp2p's own monitor looks after connections without a session (joining). */
export const PING_INTERVAL = 15_000
export const PING_TIMEOUT = { minTimeout: 10_000, maxTimeout: 20_000 }

/** libp2p allows 10 and 5/s: too low for an office that starts at 8:00. */
export const MAX_PENDING_INBOUND = 100
export const INBOUND_PER_SECOND = 100

/** Of the unfinished ones from one address: an office behind one VPN gateway, but not all places for one machine. */
export const MAX_PENDING_PER_HOST = 32

/**
 * Dials at once. Few to those who are seen on the LAN: they answer in milliseconds, and in an office that starts together
 * more handshakes at once only make all of them late. More to those who may be absent: they cost waiting, not work.
 */
export const PARALLEL_DIALS = { present: 4, absent: 12 } as const

/**
 * How long one address and one device may take, handshake included. The system gives up an absent neighbour after 3 s; a
 * shorter limit makes busy hosts throw away handshakes that were nearly done.
 */
export const ADDRESS_DIAL_TIMEOUT = 4_000
export const DIAL_TIMEOUT = 10_000

/** For an inbound connection until it is encrypted and multiplexed. */
export const UPGRADE_TIMEOUT = 10_000

/** Addresses tried for one device: those heard on the LAN and those remembered. */
export const MAX_DIAL_ADDRESSES = 16

/** Addresses of one device that are remembered or believed in a hello. */
export const MAX_REMEMBERED_ADDRESSES = 8

/** Characters of one multiaddr in a hello. */
export const MAX_ADDRESS_CHARACTERS = 128

/** Tie-break: the higher device waits so long for the lower one to dial. 1.5-2 s made 134 extra dials among 20 hosts. */
export const HIGHER_WAITS = { min: 4_000, max: 5_000 } as const

/** The lower device spreads its dials a little. */
export const LOWER_WAITS = { min: 0, max: 50 } as const

/** At start and wake the higher device leaves discovery this long before it tries remembered addresses. */
export const REMEMBERED_WAITS = { min: 1_500, max: 2_500 } as const

/** Redial of a device that is seen on the LAN, and of one that is not. Doubles up to the maximum, ±20 %. */
export const PRESENT_RETRY = { min: 1_000, max: 30_000 } as const
export const ABSENT_RETRY = { min: 30_000, max: 3_600_000 } as const

/**
 * After a session is lost: a knock at its address each interval for the first minute, so that two halves of a network find
 * each other within a second of healing; then, for an hour, at one of all that are lost every two seconds.
 */
export const KNOCK_INTERVAL = 500
export const KNOCK_TIMEOUT = 450
export const QUICK_FOR = 60_000
export const SLOW_FOR = 3_600_000
/** Intervals. */
export const SLOW_EVERY = 4

/** Lost devices knocked at in one interval, however many there are, and addresses of each. */
export const KNOCKS_AT_ONCE = 8
export const MAX_KNOCK_ADDRESSES = 2

/** Lost devices that are remembered. */
export const MAX_LOST = 4_096

/** News of where a device listens start a dial at once, but not more often than this: else they only add to what to try. */
export const TOLD_RETRY = 60_000

/** A device that was just lost, answered a knock or said where it is: retried for so long as if it were seen on the LAN. */
export const EVIDENCE_LASTS = 60_000

/** Seed addresses: when few members are connected a seed may be the only way to the others. ±20 %, doubling. */
export const FEW_MEMBERS = 3
export const SEED_RETRY_OF_FEW = { min: 1_000, max: 15_000 } as const
export const SEED_RETRY = { min: 5_000, max: 600_000 } as const

/** Somebody else has taken the seed's address. */
export const STRANGE_SEED_RETRY = { min: 300_000, max: 3_600_000 } as const

/** How often seeds are looked at, how many are dialled at once, and how many there may be (as in a policy). */
export const SEED_CHECK = 250
export const PARALLEL_SEEDS = 4
export const MAX_SEEDS = 32

/** The dialer has this long to bring a lost device back, before the seed that leads to it is dialled. */
export const SEED_PATIENCE = 3_000

/** A sign of life on the LAN starts a dial again, but not sooner than this after the last one. */
export const ALIVE_RETRY = 1_000

/**
 * Two connections younger than this (a dial and a hello) met in a simultaneous dial; an older one was lost by the side that
 * dials anew.
 */
export const SIMULTANEOUS_WINDOW = DIAL_TIMEOUT + HELLO_TIMEOUT
