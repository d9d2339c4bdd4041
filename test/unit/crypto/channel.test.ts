import { describe, expect, test } from 'vitest'
import {
  encodeChannel,
  forgetOldSessions,
  needsRenewal,
  noteAcknowledged,
  rotatePrekeys,
  sealToPeer,
  utf8,
} from '../../../src/crypto/index.ts'
import { backends } from '../../helpers/crypto-backends.ts'
import {
  channelOf,
  contextOf,
  DAY,
  introduce,
  open,
  reset,
  sayUntilHeard,
  seal,
  sendPrekeys,
  sessionOf,
  tryOpen,
} from './actors.ts'

/** An envelope with a handshake carries the ML-KEM ciphertext. */
const hasHandshake = (envelope: Uint8Array) => envelope.length > 1_088

describe.each(backends)('a channel on $name', provider => {
  test('Alice writes first, Bob answers, and the handshake is repeated until then', () => {
    const { alice, bob } = introduce(provider)
    const [first, second] = [seal(alice, 'one'), seal(alice, 'two')]
    expect([first, second].map(hasHandshake)).toEqual([true, true])
    expect([open(bob, second), open(bob, first)]).toEqual(['two', 'one'])
    expect(open(alice, seal(bob, 'answer'))).toBe('answer')
    const third = seal(alice, 'three')
    expect(hasHandshake(third)).toBe(false)
    expect(open(bob, third)).toBe('three')
    expect(sessionOf(alice)).toBe(sessionOf(bob))
  })

  test('an acknowledgement of an envelope ends the repetition too', () => {
    const { alice, bob } = introduce(provider)
    const first = seal(alice, 'one')
    open(bob, first)
    alice.stored = encodeChannel(noteAcknowledged(channelOf(alice), first))
    const second = seal(alice, 'two')
    expect(hasHandshake(second)).toBe(false)
    expect(open(bob, second)).toBe('two')
  })

  test('without a session and without prekeys nothing is sealed', () => {
    const { alice } = introduce(provider)
    expect(sealToPeer(contextOf(alice), channelOf(alice), utf8('x')).kind).toBe('prekeys-needed')
    alice.now += 30 * DAY
    const stale = sealToPeer(contextOf(alice), channelOf(alice), utf8('x'), alice.peer?.prekeys)
    expect(stale.kind).toBe('prekeys-needed')
  })

  test('both write first at once and meet in one session, whatever comes first', () => {
    const { alice, bob } = introduce(provider)
    const [fromAlice, fromBob] = [seal(alice, 'from Alice'), seal(bob, 'from Bob')]
    expect(sessionOf(alice)).not.toBe(sessionOf(bob))
    expect([open(bob, fromAlice), open(alice, fromBob)]).toEqual(['from Alice', 'from Bob'])
    expect(sessionOf(alice)).toBe(sessionOf(bob))
    expect([open(bob, seal(alice, 'a')), open(alice, seal(bob, 'b'))]).toEqual(['a', 'b'])
  })

  test('both write first at once, and the answer overtakes the first message', () => {
    const { alice, bob } = introduce(provider)
    const [fromAlice, fromBob] = [seal(alice, 'from Alice'), seal(bob, 'from Bob')]
    expect(open(bob, fromAlice)).toBe('from Alice')
    expect(open(alice, seal(bob, 'answer'))).toBe('answer')
    expect(open(alice, fromBob)).toBe('from Bob')
    expect(open(bob, seal(alice, 'more'))).toBe('more')
    expect(open(alice, seal(bob, 'more'))).toBe('more')
    expect(sessionOf(alice)).toBe(sessionOf(bob))
  })

  test('a session is renewed after 7 days; what was under way in the old one still opens', () => {
    const { alice, bob } = introduce(provider)
    open(bob, seal(alice, 'one'))
    open(alice, seal(bob, 'two'))
    const [old, late] = [sessionOf(alice), seal(bob, 'late')]
    for (const actor of [alice, bob]) actor.now += 7 * DAY
    expect(needsRenewal(channelOf(alice), alice.now)).toBe(true)
    sendPrekeys(bob, alice)
    const renewed = seal(alice, 'new')
    expect(hasHandshake(renewed)).toBe(true)
    expect(sessionOf(alice)).not.toBe(old)
    expect([open(bob, renewed), open(alice, late)]).toEqual(['new', 'late'])
    expect(sessionOf(bob)).toBe(sessionOf(alice))
    expect(open(alice, seal(bob, 'in the new one'))).toBe('in the new one')
  })

  test('a session that is due serves on while prekeys are missing', () => {
    const { alice, bob } = introduce(provider)
    open(bob, seal(alice, 'one'))
    open(alice, seal(bob, 'two'))
    const old = sessionOf(alice)
    alice.now += 8 * DAY
    if (alice.peer) alice.peer.prekeys = undefined
    expect(open(bob, seal(alice, 'still'))).toBe('still')
    expect(sessionOf(alice)).toBe(old)
  })

  test('a session that nobody answered is not renewed with the same prekeys', () => {
    const { alice, bob } = introduce(provider)
    const first = seal(alice, 'one')
    alice.now += 8 * DAY
    const second = seal(alice, 'two')
    expect([open(bob, first), open(bob, second)]).toEqual(['one', 'two'])
    bob.now += 8 * DAY
    sendPrekeys(bob, alice)
    const before = sessionOf(alice)
    expect(open(bob, seal(alice, 'three'))).toBe('three')
    expect(sessionOf(alice)).not.toBe(before)
  })

  test('a first message replayed after its session is gone opens nothing', () => {
    const { alice, bob } = introduce(provider)
    sendPrekeys(bob, alice, { straight: false })
    const first = seal(alice, 'one')
    expect(open(bob, first)).toBe('one')
    expect(open(bob, first)).toBe('(duplicate)')
    bob.stored = encodeChannel({ ...channelOf(bob), current: null, archived: [] })
    expect(open(bob, first)).toBe('(replayed)')
    // the guard lives as long as the prekey: after it, the private part is gone
    for (const actor of [alice, bob]) actor.now += 38 * DAY
    sendPrekeys(bob, alice, { straight: false })
    expect(open(bob, seal(alice, 'much later'))).toBe('much later')
    expect(channelOf(bob).accepted).toHaveLength(1)
    expect(open(bob, first)).toBe('(prekey-gone)')
  })

  test('a full replay guard refuses, and gives up the oldest prekeys once there are newer ones', () => {
    const { alice, bob } = introduce(provider)
    sendPrekeys(bob, alice, { straight: false })
    const epoch = alice.peer?.prekeys?.epoch ?? 0
    const accepted = Array.from({ length: 1_024 }, (_, i) => ({
      sessionId: new Uint8Array(16).fill(i & 0xff).with(0, i >> 8),
      epoch,
    }))
    bob.stored = encodeChannel({ ...channelOf(bob), accepted })
    const first = seal(alice, 'one')
    expect(open(bob, first)).toBe('(too-many-handshakes)')
    bob.prekeys = rotatePrekeys(provider, bob.prekeys, bob.now, { force: true })
    expect(open(bob, first)).toBe('(too-many-handshakes)')
    sendPrekeys(bob, alice, { straight: false })
    reset(bob, alice, first)
    expect(open(bob, seal(alice, 'two'))).toBe('two')
    expect(channelOf(bob).accepted).toHaveLength(1)
    expect(open(bob, first)).toBe('(prekey-gone)')
  })

  test('sessions archived 30 days ago are forgotten', () => {
    const { alice, bob } = introduce(provider)
    open(bob, seal(alice, 'one'))
    open(alice, seal(bob, 'two'))
    const late = [seal(alice, 'late'), seal(alice, 'too late')]
    for (const actor of [alice, bob]) actor.now += 7 * DAY
    sendPrekeys(bob, alice)
    open(bob, seal(alice, 'new'))
    bob.now += 30 * DAY - 1
    expect(open(bob, late[0] ?? new Uint8Array(0))).toBe('late')
    bob.now += 1
    expect(open(bob, late[1] ?? new Uint8Array(0))).toBe('(unknown-session)')
    expect(forgetOldSessions(channelOf(bob), bob.now).archived).toHaveLength(0)
  })

  test('a one-time key serves one handshake of the peer that it was given to', () => {
    const { alice, bob } = introduce(provider)
    const given = alice.peer?.prekeys?.oneTime?.id
    const opened = tryOpen(bob, seal(alice, 'one'))
    expect(opened.kind === 'opened' && opened.spentOneTimeKey).toBe(given)
    // Alice starts again with the same bundle, for instance after a reset: without the key that she has used
    const again = seal(alice, 'two')
    reset(bob, alice, again)
    const fresh = tryOpen(bob, seal(alice, 'three'))
    expect(fresh.kind).toBe('opened')
    expect(fresh.kind === 'opened' && fresh.spentOneTimeKey).toBe(undefined)
  })

  test("Mallory cannot use the one-time key that was reserved for Alice, nor speak in Alice's name", () => {
    const { alice, bob } = introduce(provider)
    const { alice: mallory } = introduce(provider)
    mallory.peer = { keys: bob.keys, prekeys: alice.peer?.prekeys }
    const envelope = seal(mallory, 'I am Alice')
    expect(open(bob, envelope)).toBe('(not-authentic)')
    bob.peer = { keys: mallory.keys, prekeys: undefined }
    expect(open(bob, envelope)).toBe('(prekey-gone)')
  })

  test('Bob comes back from a backup: a reset, and both go on in a new session', () => {
    const { alice, bob } = introduce(provider)
    open(bob, seal(alice, 'one'))
    const backup = bob.stored
    open(alice, seal(bob, 'two'))
    open(bob, seal(alice, 'three'))
    open(alice, seal(bob, 'four'))
    bob.stored = backup
    const lost = seal(alice, 'five')
    expect(open(bob, lost)).toBe('(not-authentic)')
    expect(reset(bob, alice, lost)).toBe(true)
    expect(open(bob, seal(alice, 'five'))).toBe('five')
    expect(open(alice, seal(bob, 'six'))).toBe('six')
    expect(sessionOf(alice)).toBe(sessionOf(bob))
    // a late or repeated statement about the old session changes nothing
    expect(reset(bob, alice, lost)).toBe(false)
  })

  test('Bob lost everything about Alice and writes first', () => {
    const { alice, bob } = introduce(provider)
    const empty = bob.stored
    for (const text of ['one', 'two']) open(bob, seal(alice, text))
    bob.stored = empty
    expect(open(alice, seal(bob, 'hello again'))).toBe('hello again')
    sayUntilHeard(alice, bob, 'who are you')
    expect(open(alice, seal(bob, 'Bob'))).toBe('Bob')
    expect(sessionOf(alice)).toBe(sessionOf(bob))
  })

  test('5,000 messages one way renew the session, and none is lost', () => {
    const { alice, bob } = introduce(provider)
    const started = sealToPeer(contextOf(alice), channelOf(alice), utf8('one'), alice.peer?.prekeys)
    if (started.kind !== 'sealed') throw new Error(started.kind)
    open(bob, started.envelope)
    let channel = noteAcknowledged(started.channel, started.envelope)
    const sessions = new Set<string>()
    const envelopes: Uint8Array[] = []
    for (let i = 0; i < 5_010; i++) {
      const sealed = sealToPeer(contextOf(alice), channel, utf8(`${i}`), alice.peer?.prekeys)
      if (sealed.kind !== 'sealed') throw new Error(sealed.kind)
      channel = sealed.channel
      sessions.add(Buffer.from(channel.current?.id ?? []).toString('hex'))
      if (i > 4_990) envelopes.push(sealed.envelope)
    }
    expect(sessions.size).toBe(2)
    expect(envelopes.filter(hasHandshake).length).toBe(11)
  })
})
