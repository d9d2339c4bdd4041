import { type CanonicalValue, concatBytes, decodeCanonical, encodeCanonical } from '../../../src/crypto/index.ts'

/** Random numbers that a seed repeats: mulberry32. */
export const seededRandom = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  const pick = <T>(from: readonly T[]): T => {
    const one = from[below(from.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  return { below, pick }
}
export type Random = ReturnType<typeof seededRandom>

type Mutation = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array

const flipBit: Mutation = (bytes, { below }) => {
  const changed = bytes.slice()
  const at = below(bytes.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << below(8))
  return changed
}

/** Bytes with a meaning in CBOR: lengths at their edges, empty and endless containers, null. */
const TELLING = [0x00, 0x01, 0x17, 0x18, 0x19, 0x1b, 0x40, 0x5f, 0x80, 0x9f, 0xa0, 0xbf, 0xf6, 0xf7, 0xfb, 0xff]
const replaceByte: Mutation = (bytes, { below, pick }) => {
  const changed = bytes.slice()
  changed[below(bytes.length)] = pick(TELLING)
  return changed
}

const truncate: Mutation = (bytes, { below }) => bytes.slice(0, below(bytes.length))

const splice: Mutation = (bytes, { below, pick }, others) => {
  const other = pick(others)
  const [to, from] = [below(bytes.length), below(other.length)]
  return concatBytes(bytes.subarray(0, to), other.subarray(from, from + below(200)), bytes.subarray(to + below(200)))
}

/** Bytes: a signature. What is longer holds another structure. */
const LONGEST_KEY = 64

/** A place in a decoded structure, and how to put something else there. */
interface Place {
  readonly value: CanonicalValue
  readonly replace: (value: CanonicalValue | undefined) => void
}

/** All places of a structure, those inside byte strings that hold CBOR too. Replacing takes effect in `root()`. */
const placesOf = (encoded: Uint8Array): { readonly places: readonly Place[]; readonly root: () => Uint8Array } => {
  const places: Place[] = []
  const walk = (value: CanonicalValue): (() => CanonicalValue) => {
    if (value instanceof Uint8Array) {
      const inner = value.length > LONGEST_KEY ? decoded(value) : undefined
      if (typeof inner !== 'object' || inner === null || inner instanceof Uint8Array) return () => value
      const rebuilt = walk(inner)
      return () => encodeCanonical(rebuilt())
    }
    if (value instanceof Map) {
      const entries = [...value].map(([key, entry]) => ({ key, ...child(entry) }))
      return () => new Map(entries.flatMap(({ key, rebuilt }) => rebuilt().map(entry => [key, entry] as const)))
    }
    if (Array.isArray(value)) {
      const entries = (value as readonly CanonicalValue[]).map(child)
      return () => entries.flatMap(({ rebuilt }) => rebuilt())
    }
    return () => value
  }
  const child = (value: CanonicalValue): { rebuilt: () => readonly CanonicalValue[] } => {
    const inner = walk(value)
    let other: { value: CanonicalValue | undefined } | null = null
    places.push({ value, replace: value => (other = { value }) })
    return { rebuilt: () => (other === null ? [inner()] : other.value === undefined ? [] : [other.value]) }
  }
  const root = walk(decoded(encoded) as CanonicalValue)
  return { places, root: () => encodeCanonical(root()) }
}

const decoded = (bytes: Uint8Array): CanonicalValue | undefined => {
  try {
    return decodeCanonical(bytes, { maxBytes: bytes.length }) as CanonicalValue
  } catch {
    // not CBOR: a key, a hash, a signature
    return undefined
  }
}

/** Something else of the same or another kind. */
const other = (value: CanonicalValue, { below, pick }: Random, all: readonly Place[]): CanonicalValue | undefined => {
  switch (below(6)) {
    case 0:
      return undefined
    case 1:
      return pick(all).value
    case 2:
      return pick<CanonicalValue>([null, true, 0, 1, 2 ** 48, -1, '', 'Mallory', new Uint8Array(32), [], new Map()])
    case 3:
      return Array.isArray(value) ? [...value, ...value] : pick(all).value
    default:
      if (typeof value === 'number') return Math.max(0, value + pick([-1, 1, 1_000, 2 ** 40]))
      if (typeof value === 'string') return `${value}!`
      if (value instanceof Uint8Array && value.length > 0)
        return value.map((byte, i) => (i === below(value.length) ? byte ^ 1 : byte))
      return Array.isArray(value) ? value.toReversed() : pick(all).value
  }
}

/** One field of the structure becomes another, wherever it is nested, and all around it is encoded right. */
const changeField: Mutation = (bytes, random) => {
  const { places, root } = placesOf(bytes)
  const { value, replace } = random.pick(places)
  replace(other(value, random, places))
  return root()
}

/** A whole part of another document in the place of the same part of this one: mix-and-match. */
const swapPart: Mutation = (bytes, random, others) => {
  const own = decoded(bytes)
  const foreign = decoded(random.pick(others))
  if (!(own instanceof Map) || !(foreign instanceof Map)) return flipBit(bytes, random, others)
  const key = random.pick([...own.keys()])
  return encodeCanonical(new Map([...own, [key, foreign.get(key) ?? null]]))
}

const MUTATIONS: readonly Mutation[] = [flipBit, replaceByte, truncate, splice, changeField, changeField, swapPart]

/** A changed copy, by one way of several; `others` are documents to take parts of. May by chance be the same. */
export const mutate = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array =>
  random.pick(MUTATIONS)(bytes, random, others)
