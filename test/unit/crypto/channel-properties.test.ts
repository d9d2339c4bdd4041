import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backends } from '../../helpers/crypto-backends.ts'
import { unsafeTestingPredictableRandomness } from '../../helpers/unsafe-testing-randomness.ts'
import {
  type Actor,
  DAY,
  introduce,
  MINUTE,
  open,
  sayUntilHeard,
  seal,
  sendPrekeys,
  sessionOf,
  tryOpen,
} from './actors.ts'

interface Letter {
  readonly text: string
  readonly envelope: Uint8Array
  readonly to: 'alice' | 'bob'
}

const who = fc.constantFrom<'alice' | 'bob'>('alice', 'bob')
const pick = fc.nat({ max: 1_000 })

/** What may happen on a bad day, except that a device goes back in time. */
const badDay = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('write' as const), from: who }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('deliver' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('tamper' as const), pick, at: pick, bit: fc.nat({ max: 7 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat({ max: 2 * 24 * 60 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('prekeys' as const), from: who, straight: fc.boolean() }) },
)

const backInTime = fc.oneof(
  fc.record({ kind: fc.constant('back-up' as const), of: who }),
  fc.record({ kind: fc.constant('restore' as const), of: who }),
)

const other = (name: 'alice' | 'bob') => (name === 'alice' ? 'bob' : 'alice')

/** Both devices, and the letters between them. */
const createStory = (provider: Parameters<typeof introduce>[0]) => {
  const actors = introduce(provider)
  const backups = { alice: actors.alice.stored, bob: actors.bob.stored }
  const underWay: Letter[] = []
  const read: Letter[] = []
  let written = 0

  const take = (index: number): Letter | undefined =>
    underWay.length === 0 ? undefined : underWay.splice(index % underWay.length, 1)[0]

  const deliver = (letter: Letter): string => {
    const text = open(actors[letter.to], letter.envelope)
    if (text === letter.text) read.push(letter)
    return text
  }

  const tamper = ({ to, envelope }: Letter, at: number, bit: number) => {
    const changed = envelope.slice()
    changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ (1 << bit)
    expect(tryOpen(actors[to], changed).kind).toBe('unopenable')
  }

  const step = (event: typeof badDay extends fc.Arbitrary<infer T> ? T : never): string | undefined => {
    switch (event.kind) {
      case 'write': {
        const text = `letter ${++written}`
        underWay.push({ text, envelope: seal(actors[event.from], text), to: other(event.from) })
        return undefined
      }
      case 'deliver': {
        const letter = take(event.pick)
        return letter && deliver(letter) !== letter.text ? letter.text : undefined
      }
      case 'lose':
        take(event.pick)
        return undefined
      case 'repeat': {
        const letter = read[event.pick % Math.max(1, read.length)]
        if (letter) expect(open(actors[letter.to], letter.envelope)).toMatch(/^\(/)
        return undefined
      }
      case 'tamper': {
        const letter = underWay[event.pick % Math.max(1, underWay.length)]
        if (letter) tamper(letter, event.at, event.bit)
        return undefined
      }
      case 'wait':
        for (const actor of [actors.alice, actors.bob]) actor.now += event.minutes * MINUTE
        return undefined
      case 'prekeys':
        sendPrekeys(actors[event.from], actors[other(event.from)], event)
        return undefined
    }
  }

  return { actors, backups, underWay, read, step, deliver, take }
}

/** Writes back and forth, with resets where they help, until both have read an answer. */
const settle = (alice: Actor, bob: Actor): void => {
  sendPrekeys(alice, bob)
  sendPrekeys(bob, alice)
  for (let round = 0; round < 3; round++)
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const)
      sayUntilHeard(from, to, `round ${round}`)
}

/** A run on noble takes some five times as long. */
const RUNS = { noble: 6, native: 60 }

describe.each(backends)('a channel on bad days, on $name', backend => {
  const numRuns = backend.name === 'native' ? RUNS.native : RUNS.noble

  test('whatever is lost, late, repeated or changed: what arrives is read once, as it was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(badDay, { minLength: 5, maxLength: 60 }), (seed, day) => {
        const story = createStory(unsafeTestingPredictableRandomness(backend, seed))
        const unread = day.flatMap(event => story.step(event) ?? [])
        for (let letter = story.take(0); letter; letter = story.take(0))
          if (story.deliver(letter) !== letter.text) unread.push(letter.text)
        expect(unread).toEqual([])
        expect(new Set(story.read).size).toBe(story.read.length)
        settle(story.actors.alice, story.actors.bob)
        expect(sessionOf(story.actors.alice)).toBe(sessionOf(story.actors.bob))
      }),
      { numRuns },
    )
  })

  test('a device that goes back in time is never served a wrong text, and both find together again', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.oneof({ weight: 8, arbitrary: badDay }, { weight: 1, arbitrary: backInTime }), { maxLength: 60 }),
        (seed, day) => {
          const story = createStory(unsafeTestingPredictableRandomness(backend, seed))
          for (const event of day) {
            if (event.kind === 'back-up') story.backups[event.of] = story.actors[event.of].stored
            else if (event.kind === 'restore') story.actors[event.of].stored = story.backups[event.of]
            else if (event.kind !== 'repeat') story.step(event)
          }
          const { alice, bob } = story.actors
          settle(alice, bob)
          expect(open(bob, seal(alice, 'good'))).toBe('good')
          expect(open(alice, seal(bob, 'again'))).toBe('again')
          expect(sessionOf(alice)).toBe(sessionOf(bob))
        },
      ),
      { numRuns },
    )
  })

  test('both begin at once, many times over, and always meet in one session', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 12 }), (seed, order) => {
        const { alice, bob } = introduce(unsafeTestingPredictableRandomness(backend, seed))
        for (const actor of [alice, bob]) actor.now += DAY
        const letters: Letter[] = (['alice', 'bob'] as const).flatMap(to =>
          ['1', '2', '3'].map(text => ({ text, to, envelope: seal(to === 'alice' ? bob : alice, text) })),
        )
        const shuffled: Letter[] = []
        for (const at of [...order, 0, 0, 0, 0, 0, 0])
          shuffled.push(...(letters.length ? letters.splice(at % letters.length, 1) : []))
        for (const { text, to, envelope } of shuffled) expect(open(to === 'alice' ? alice : bob, envelope)).toBe(text)
        expect(sessionOf(alice)).toBe(sessionOf(bob))
      }),
      { numRuns },
    )
  })
})
