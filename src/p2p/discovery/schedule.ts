import {
  ANNOUNCE_GAPS,
  ANNOUNCE_INTERVAL_MIN,
  ANNOUNCE_INTERVAL_PER_PEER,
  ANSWER_SPACING_MIN,
  ANSWER_SPACING_PER_PEER,
  DEAF_RETRY_MAX,
  DEAF_RETRY_MIN,
  FIRST_DELAY,
  QUERY_INTERVAL_MAX,
  QUERY_INTERVAL_MIN,
  STRANGER_QUERY_DELAY,
  TTL_INTERVALS,
  TTL_MIN,
} from './constants.ts'

/** Uniform in [0, 1). */
export type Random = () => number

/** All functions return milliseconds; `peers` is the number of devices known on the network. */

const between = (min: number, max: number, random: Random) => min + random() * (max - min)

export const firstDelay = (random: Random): number => between(FIRST_DELAY.min, FIRST_DELAY.max, random)

/** Gap after the query number `step` (0, 1, 2 …): 1, 2, 4 s … 10 min, ±10 %. */
export const queryGap = (step: number, random: Random): number =>
  Math.min(QUERY_INTERVAL_MIN * 2 ** Math.min(step, 20), QUERY_INTERVAL_MAX) * between(0.9, 1.1, random)

export const strangerQueryDelay = (random: Random): number =>
  between(STRANGER_QUERY_DELAY.min, STRANGER_QUERY_DELAY.max, random)

/** `factor` is above 1 on a link that only repeats what another one says. */
export const announceInterval = (peers: number, factor = 1): number =>
  Math.max(ANNOUNCE_INTERVAL_MIN, ANNOUNCE_INTERVAL_PER_PEER * peers) * factor

/** Gap after announcement number `count` (1, 2, 3 …) of a link: 1 s, 2 s, then the interval ±20 %. */
export const announceGap = (count: number, peers: number, random: Random, factor = 1): number =>
  ANNOUNCE_GAPS[count - 1] ?? announceInterval(peers, factor) * between(0.8, 1.2, random)

/** Whole seconds, because DNS counts in seconds. */
export const recordTtlSeconds = (peers: number, factor = 1): number =>
  Math.ceil(Math.max(TTL_MIN, TTL_INTERVALS * announceInterval(peers, factor)) / 1_000)

/** When to answer a question heard at `now`, our record having been sent last at `toldAt`: one answer serves all. */
export const answerAt = (now: number, toldAt: number, peers: number, random: Random): number =>
  Math.max(
    now + between(FIRST_DELAY.min, Math.max(FIRST_DELAY.max, peers * 2), random),
    toldAt + Math.max(ANSWER_SPACING_MIN, ANSWER_SPACING_PER_PEER * peers) + random() * 100,
  )

/** How old a link must be before its `attempt`-th reopening for deafness: 10, 20, 40 s … 10 min. */
export const deafRetryAfter = (attempt: number): number =>
  Math.min(DEAF_RETRY_MIN * 2 ** Math.min(attempt, 20), DEAF_RETRY_MAX)
