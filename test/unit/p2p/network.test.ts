import { afterEach, describe, expect, it } from 'vitest'
import { JOIN_PROTOCOL, ORG_PROTOCOL } from '../../../src/p2p/index.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'
import {
  type Actor,
  connectedTo,
  createActor,
  freeDiscoveryPort,
  introduce,
  next,
  seedsInOrder,
  text,
} from './actors.ts'

const discoveryPort = freeDiscoveryPort()
const cast: Actor[] = []
const actor = (name: string, init: Parameters<typeof createActor>[1] = {}) => {
  const one = createActor(name, { discoveryPort, ...init })
  cast.push(one)
  return one
}
const start = (...actors: Actor[]) => Promise.all(actors.map(({ network }) => network.start()))
const meet = (a: Actor, b: Actor) => Promise.all([connectedTo(a, b), connectedTo(b, a)])
const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

afterEach(async () => {
  await Promise.all(cast.splice(0).map(({ network }) => network.stop()))
})

describe('two colleagues on one network', () => {
  it('find each other, say hello and talk both ways', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    introduce(alice, bob)
    const hellos = Promise.all([next(alice, 'device-connected'), next(bob, 'device-connected')])
    await start(alice, bob)
    const [toAlice, toBob] = await hellos
    expect([utf8(toAlice.hello), utf8(toBob.hello)]).toEqual(['hello from Bob', 'hello from Alice'])
    expect(toAlice.direction).not.toBe(toBob.direction)
    expect(alice.network.status()).toMatchObject({ state: 'connected', interfaces: ['lo'], deafInterfaces: [] })

    const [heardByAlice, heardByBob] = [next(alice, 'frame'), next(bob, 'frame')]
    expect(alice.network.send(bob.device, text('good morning'))).toBe(true)
    expect(bob.network.send(alice.device, text('hello Alice'))).toBe(true)
    expect([utf8((await heardByBob).bytes), utf8((await heardByAlice).bytes)]).toEqual(['good morning', 'hello Alice'])
  })

  it('find each other again when one comes back on another port', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    introduce(alice, bob)
    await start(alice, bob)
    await meet(alice, bob)
    const before = bob.network.addresses()
    const lost = next(alice, 'device-disconnected')
    await bob.network.stop()
    await lost
    expect(alice.network.status().state).toBe('searching')
    const again = next(alice, 'device-connected')
    await bob.network.start()
    await again
    expect(bob.network.addresses()).not.toEqual(before)
  })

  it('meet over a remembered address when nothing is heard on the network', async () => {
    const bob = actor('Bob', { discovery: 'off', listen: { hosts: ['127.0.0.1'] } })
    const saved = new Map<DeviceId, readonly string[]>()
    bob.network.on('status', () => saved.set(bob.device, bob.network.addresses()))
    await start(bob)
    const alice = actor('Alice', {
      rememberedAddresses: {
        load: () => [[bob.device, bob.network.addresses()]],
        save: (device, addresses) => saved.set(device, addresses),
      },
      discoveryPort: freeDiscoveryPort(),
    })
    introduce(alice, bob)
    await start(alice)
    await meet(alice, bob)
    expect(saved.get(bob.device)).toEqual(bob.network.addresses())
  })

  it('become colleagues while both are running', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    await start(alice, bob)
    introduce(alice, bob)
    await meet(alice, bob)
  })

  it('end up with one connection when both dial at once, the same on both sides', async () => {
    const [low, high] = seedsInOrder()
    const off = { discovery: 'off', listen: { hosts: ['127.0.0.1'] } } as const
    const alice = actor('Alice', { ...off, identitySeed: low })
    const bob = actor('Bob', { ...off, identitySeed: high })
    introduce(alice, bob)
    // what was sent on the connection that goes is lost: whoever is connected anew says it again
    const speaks = (from: Actor, to: Actor) => {
      from.network.on('device-connected', () => from.network.send(to.device, text(`from ${from.name}`)))
      return next(to, 'frame')
    }
    const heard = Promise.all([speaks(alice, bob), speaks(bob, alice)])
    await start(alice, bob)
    await Promise.all([
      alice.network.dial(bob.device, bob.network.addresses()),
      bob.network.dial(alice.device, alice.network.addresses()),
    ])
    await heard
    expect([alice.network.connected(), bob.network.connected()]).toEqual([[bob.device], [alice.device]])
  })
})

describe('admission', () => {
  it('refuses Mallory right after the handshake and says so', async () => {
    const [alice, mallory] = [actor('Alice'), actor('Mallory')]
    mallory.admissions.set(alice.device, 'member')
    await start(alice, mallory)
    const stranger = next(alice, 'stranger')
    await expect(mallory.network.dial(alice.device, alice.network.addresses())).rejects.toMatchObject({
      code: 'network-failed',
    })
    expect(await stranger).toMatchObject({ device: mallory.device })
    expect(alice.network.connected()).toEqual([])
    await expect(mallory.network.request(alice.device, JOIN_PROTOCOL, text('let me in'))).rejects.toMatchObject({
      code: 'network-failed',
    })
  })

  it('lets a device that may only join do that, and shuts it out when it keeps trying other doors', async () => {
    const [alice, joe] = [actor('Alice'), actor('Joe')]
    alice.admissions.set(joe.device, 'join-only')
    joe.admissions.set(alice.device, 'join-only')
    alice.network.handle(JOIN_PROTOCOL, async function* ({ device, bytes }) {
      yield text(`pending ${utf8(bytes)}`)
      yield text(device === joe.device ? 'approved' : 'who are you?')
    })
    alice.network.handle(ORG_PROTOCOL, async () => text('the whole contact list'))
    await start(alice, joe)
    await next(joe, 'join-connection')
    const answers: string[] = []
    for await (const answer of joe.network.requestAll(alice.device, JOIN_PROTOCOL, text('Joe')))
      answers.push(utf8(answer))
    expect(answers).toEqual(['pending Joe', 'approved'])

    const tries = Array.from({ length: 5 }, () => joe.network.request(alice.device, ORG_PROTOCOL, text('give me')))
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
    await expect(joe.network.request(alice.device, JOIN_PROTOCOL, text('Joe'))).rejects.toMatchObject({
      code: 'network-failed',
    })
    expect(alice.network.connected()).toEqual([])
  })

  it('turns a joiner into a colleague on the connection that is already there', async () => {
    const [alice, joe] = [actor('Alice'), actor('Joe')]
    alice.admissions.set(joe.device, 'join-only')
    joe.admissions.set(alice.device, 'join-only')
    alice.network.handle(JOIN_PROTOCOL, async ({ device }) => {
      alice.admissions.set(device, 'member')
      alice.network.admissionChanged()
      return text('approved')
    })
    await start(alice, joe)
    expect(
      utf8(
        await joe.network.request(alice.device, JOIN_PROTOCOL, text('Joe')).catch(async () => {
          await next(joe, 'join-connection')
          return joe.network.request(alice.device, JOIN_PROTOCOL, text('Joe'))
        }),
      ),
    ).toBe('approved')
    joe.admissions.set(alice.device, 'member')
    joe.network.admissionChanged()
    await meet(alice, joe)
  })

  it('hangs up on a device that is revoked', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    introduce(alice, bob)
    await start(alice, bob)
    await meet(alice, bob)
    const ends = Promise.all([next(alice, 'device-disconnected'), next(bob, 'device-disconnected')])
    alice.admissions.delete(bob.device)
    alice.network.revoke(bob.device)
    await ends
    const turnedAway = next(alice, 'stranger', ({ device }) => device === bob.device)
    await expect(bob.network.dial(alice.device)).rejects.toMatchObject({ code: 'network-failed' })
    await turnedAway
    expect(alice.network.send(bob.device, text('x'))).toBe(false)
  })
})

describe('the message stream', () => {
  it('keeps order and loses nothing through a full queue', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    introduce(alice, bob)
    await start(alice, bob)
    await meet(alice, bob)
    const count = 2_000
    const padding = 'x'.repeat(2_000)
    const received: number[] = []
    let finish: () => void = () => undefined
    const all = new Promise<void>(resolve => {
      finish = resolve
    })
    bob.network.on('frame', ({ bytes }) => {
      received.push(Number.parseInt(utf8(bytes), 10))
      if (received.length === count) finish()
    })
    let refusals = 0
    for (let n = 0; n < count; n++) {
      while (!alice.network.send(bob.device, text(`${n} ${padding}`))) {
        refusals += 1
        await next(alice, 'drain')
      }
    }
    await all
    expect(received).toEqual(Array.from({ length: count }, (_, n) => n))
    expect(refusals).toBeGreaterThan(0)
  })

  it('makes the sender wait while the receiver is busy', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    introduce(alice, bob)
    await start(alice, bob)
    await meet(alice, bob)
    let release: () => void = () => undefined
    const work = new Promise<void>(resolve => {
      release = resolve
    })
    let received = 0
    bob.network.on('frame', ({ bytes, waitUntil }) => {
      received += bytes.length
      waitUntil(work)
    })
    const frame = new Uint8Array(20_000)
    let sent = 0
    // the queue is full for good only when the receiver has stopped reading: the event loop turns, nothing drains
    const drained = () =>
      next(alice, 'drain', undefined, AbortSignal.timeout(300)).then(
        () => true,
        () => false,
      )
    do {
      while (alice.network.send(bob.device, frame)) sent += frame.length
    } while (await drained())
    expect(sent).toBeLessThan(8 * 1024 * 1024)
    expect(received).toBeLessThan(3 * 1024 * 1024)
    const room = next(alice, 'drain')
    release()
    await room
    expect(alice.network.canSend(bob.device)).toBe(true)
  })

  it('refuses to send what is empty or too large', async () => {
    const [alice, bob] = [actor('Alice'), actor('Bob')]
    introduce(alice, bob)
    await start(alice, bob)
    await meet(alice, bob)
    expect(() => alice.network.send(bob.device, new Uint8Array(0))).toThrow(RangeError)
    expect(() => alice.network.send(bob.device, new Uint8Array(24 * 1024 + 1))).toThrow(RangeError)
    expect(alice.network.send(bob.device, new Uint8Array(24 * 1024))).toBe(true)
  })
})
