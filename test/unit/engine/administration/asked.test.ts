import { expect, test } from 'vitest'
import { type Asked, watchAsked } from '../../../../src/engine/administration/asked.ts'
import { createEmitter } from '../../../../src/engine/emitter.ts'
import type { HeldProposal } from '../../../../src/engine/organisation/boards/proposal-board.ts'
import { checkProposal, proposeList, signProposal } from '../../../../src/org/index.ts'
import type { JoinRequest } from '../../../../src/shared/contract/entities.ts'
import type { PersonId } from '../../../../src/shared/ids.ts'
import {
  actor,
  adding,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  rotate,
  withRole,
} from '../../org/actors.ts'

const [alice, emma, bob] = [actor('Alice'), actor('Emma'), actor('Bob')]
const { trusted: first, adminSeed, rootSeed } = found(alice)
const [emmasSeed, carolsSeed] = [newSeed(), newSeed()]
const twoOfThree = { threshold: 2, keys: [adminSeed, emmasSeed, carolsSeed].map(keyOf).sort() }
const trusted = rotate(publish(first, adding(emma), [adminSeed]), withRole(first.root, 'contacts', twoOfThree), [
  rootSeed,
])

/** A change of the list in Alice's name, the `n`th. */
const change = (n: number, ...seeds: readonly Uint8Array[]): HeldProposal => {
  const bare = proposeList(provider, trusted, { edits: adding(bob) }, alice.personId, MONDAY + HOUR + n)
  const proposal = seeds.reduce((signed, seed) => signProposal(provider, trusted, signed, seed), bare)
  return { proposal, checked: checkProposal(provider, trusted, proposal) }
}
const firstOf = change(1, adminSeed)

/** What somebody with a key is told, from now on. */
const listening = (self: PersonId, seed: Uint8Array, waiting: readonly HeldProposal[] = []) => {
  const board = { waiting, changed: createEmitter(), asked: createEmitter<JoinRequest>(), isAdmin: true }
  const told: Asked[] = []
  const stop = watchAsked({
    trusted: () => trusted,
    self,
    adminKey: { id: () => keyOf(seed), isHeld: () => board.isAdmin },
    requests: { countWaiting: () => 3, onAsked: board.asked.on },
    waitingProposals: () => board.waiting,
    onProposalsChanged: board.changed.on,
    nameOf: id => trusted.people.get(id)?.name ?? '?',
    tell: asked => told.push(asked),
  })
  const hold = (...all: readonly HeldProposal[]) => {
    board.waiting = all
    board.changed.emit()
  }
  return { board, told, hold, stop }
}

test('Emma is told once of each change that lacks her signature, together of those that come together', () => {
  const { told, hold, stop } = listening(emma.personId, emmasSeed)
  hold(firstOf)
  hold(firstOf)
  expect(told).toEqual([{ for: 'signature', name: 'Alice', news: 1, waiting: 1 }])
  hold(firstOf, change(2, adminSeed), change(3, adminSeed))
  expect(told.slice(1)).toEqual([{ for: 'signature', name: 'Alice', news: 2, waiting: 3 }])
  stop()
  hold(change(4, adminSeed))
  expect(told).toHaveLength(2)
})

test('what waited already when the profile was opened is no news', () => {
  const { told, hold } = listening(emma.personId, emmasSeed, [firstOf])
  hold(firstOf)
  expect(told).toEqual([])
})

test('nobody is told of what they signed, or of what has its signatures', () => {
  const emmas = listening(emma.personId, emmasSeed)
  emmas.hold(change(1, emmasSeed), change(2, adminSeed, carolsSeed))
  const alices = listening(alice.personId, adminSeed)
  alices.hold(firstOf)
  expect([...emmas.told, ...alices.told]).toEqual([])
})

test('requests are for administrators', () => {
  const { board, told } = listening(emma.personId, emmasSeed)
  const request = { name: 'Bob' } as JoinRequest
  board.asked.emit(request)
  board.isAdmin = false
  board.asked.emit(request)
  expect(told).toEqual([{ for: 'admission', name: 'Bob', news: 1, waiting: 3 }])
})
