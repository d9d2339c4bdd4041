import type { ProposalId } from '../../../shared/ids.ts'

/**
 * Proposals that one key has signed: a device puts all that its person wants into one. The thief of one key must not take
 * the room of the change that takes the key away.
 */
const MAX_PER_KEY = 4

/** Bytes: an import of 10,000 people takes 2 MB. Of larger ones a key has room for one, so that it has 28 MiB in all. */
const MAX_SMALL_BYTES = 4 * 1024 * 1024

interface Sized {
  readonly size: number
  readonly checked: { readonly id: ProposalId; readonly signed: readonly string[] }
}

const byId = (a: Sized, b: Sized) => (a.checked.id < b.checked.id ? -1 : 1)

const shareOf = (ofKey: readonly Sized[]): readonly Sized[] => {
  const sorted = [...ofKey].sort(byId)
  const [large] = sorted.filter(({ size }) => size > MAX_SMALL_BYTES)
  return sorted.filter(each => each.size <= MAX_SMALL_BYTES || each === large).slice(0, MAX_PER_KEY)
}

/**
 * Those that have a place among the four lowest ids of one of their signers. It is the same choice in whatever order they
 * came, so that two boards which hear of the same proposals hold the same.
 */
export const withinShares = <T extends Sized>(proposals: readonly T[]): readonly T[] => {
  const keys = new Set(proposals.flatMap(({ checked }) => checked.signed))
  const kept = new Set<Sized>()
  for (const key of keys)
    for (const each of shareOf(proposals.filter(({ checked }) => checked.signed.includes(key)))) kept.add(each)
  return proposals.filter(each => kept.has(each))
}
