import { afterEach, describe, expect, it } from 'vitest'
import { peerIdOf } from '../../../src/p2p/node/peer-ids.ts'
import { type Actor, connectedTo, createActor, introduce, next } from './actors.ts'

/** No multicast and nothing remembered: the policy's seed addresses are all there is. */
const withoutDiscovery = { discovery: 'off', listen: { hosts: ['127.0.0.1'] } } as const

const cast: Actor[] = []
const actor = (name: string, init: Parameters<typeof createActor>[1] = {}) => {
  const one = createActor(name, { ...withoutDiscovery, ...init })
  cast.push(one)
  return one
}
const start = (...actors: Actor[]) => Promise.all(actors.map(({ network }) => network.start()))
const meet = (a: Actor, b: Actor) => Promise.all([connectedTo(a, b), connectedTo(b, a)])

afterEach(async () => {
  await Promise.all(cast.splice(0).map(({ network }) => network.stop()))
})

describe('a seed address', () => {
  it.each([
    ['alone', () => ''],
    ['with the device’s name', (bob: Actor) => `/p2p/${peerIdOf(bob.device)}`],
  ])('%s leads to a colleague', async (_, suffix) => {
    const bob = actor('Bob')
    const alice = actor('Alice', {
      seedAddresses: () => bob.network.addresses().map(address => `${address}${suffix(bob)}`),
    })
    introduce(alice, bob)
    await start(bob)
    await start(alice)
    await meet(alice, bob)
  })

  it('of one colleague leads to all', async () => {
    const bob = actor('Bob')
    const others = ['Alice', 'Carol', 'Dave'].map(name => actor(name, { seedAddresses: () => bob.network.addresses() }))
    const all = [bob, ...others]
    introduce(...all)
    await start(...all)
    await Promise.all(all.flatMap(one => all.filter(other => other !== one).map(other => connectedTo(one, other))))
  })

  it('is tried until somebody answers, and found in a policy that comes later', async () => {
    const bob = actor('Bob')
    let policy: string[] = []
    const alice = actor('Alice', { seedAddresses: () => policy })
    introduce(alice, bob)
    await start(alice, bob)
    const [address] = bob.network.addresses()
    if (address === undefined) throw new Error('Bob listens')
    const port = Number(address.split('/').at(-1))
    await bob.network.stop()
    policy = [address]
    alice.network.admissionChanged()
    const later = actor('Bob', { identitySeed: bob.seed, listen: { hosts: ['127.0.0.1'], port } })
    introduce(alice, later)
    await start(later)
    await meet(alice, later)
  })

  it('that is our own, or makes no sense, is left alone', async () => {
    const bob = actor('Bob')
    const senseless = ['/ip4/999.1.1.1/tcp/1', 'nonsense', '/ip4/0.0.0.0/tcp/4001', '/dns4/example/tcp/4001']
    const alice = actor('Alice', {
      seedAddresses: () => [...alice.network.addresses(), ...senseless, ...bob.network.addresses()],
    })
    introduce(alice, bob)
    alice.admissions.set(alice.device, 'member') // the list names this device too
    await start(bob)
    await start(alice)
    await meet(alice, bob)
    expect(alice.network.connected()).toEqual([bob.device])
  })

  it('where a stranger answers lets nobody in, and is good again when the stranger has become a colleague', async () => {
    const mallory = actor('Mallory')
    const alice = actor('Alice', { seedAddresses: () => mallory.network.addresses() })
    mallory.admissions.set(alice.device, 'member')
    const refused = next(alice, 'stranger')
    await start(mallory)
    await start(alice)
    expect(await refused).toMatchObject({ device: mallory.device })
    expect(alice.network.connected()).toEqual([])
    introduce(alice, mallory)
    await meet(alice, mallory)
  })
})
