import { afterEach, describe, expect, it } from 'vitest'
import { MDNS_PORT } from '../../src/p2p/index.ts'
import { createLab, hasFirewall, type Lab, labMissing } from './netlab.ts'
import { createIdentities, createIdentity, type Person, type PersonInit, startPerson } from './person.ts'

const missing = labMissing()
if (missing !== undefined) console.warn(`The network laboratory is skipped: ${missing}.`)

const labs: Lab[] = []
const people: Person[] = []
const newLab = () => {
  const lab = createLab()
  labs.push(lab)
  return lab
}
const start = (init: PersonInit) => {
  const person = startPerson(init)
  people.push(person)
  return person
}
const meet = (a: Person, b: Person) => Promise.all([a.connectedTo(b), b.connectedTo(a)])
const loses = (a: Person, b: Person) => a.next('disconnected', ({ device }) => device === b.device)

/** A word each way, over the connection that is there now. */
const talk = async (a: Person, b: Person) => {
  const heard = Promise.all([b.next('heard'), a.next('heard')])
  a.say(b, 'how do you do')
  b.say(a, 'fine, thank you')
  expect((await heard).map(({ text }) => text)).toEqual(['how do you do', 'fine, thank you'])
}

const twoHosts = (options: { gateway?: string } = {}) => {
  const lab = newLab()
  const hosts = [lab.addHost('alice', '10.77.1.11/24', options), lab.addHost('bob', '10.77.1.12/24', options)] as const
  const [low, high] = createIdentities(2)
  if (low === undefined || high === undefined) throw new Error('two identities were asked for')
  const members = [low, high]
  const alice = start({ host: hosts[0], identity: low, members })
  const bob = start({ host: hosts[1], identity: high, members })
  return { hosts, alice, bob, identities: [low, high] as const }
}

afterEach(async () => {
  await Promise.all(people.splice(0).map(person => person.stop()))
  for (const lab of labs.splice(0)) lab.destroy()
})

describe.skipIf(missing !== undefined)('two hosts on one switch', () => {
  it('find each other without a default route', async () => {
    const { alice, bob } = twoHosts()
    await meet(alice, bob)
    await talk(alice, bob)
  })

  it('find each other with a default route', async () => {
    const { alice, bob } = twoHosts({ gateway: '10.77.1.1' })
    await meet(alice, bob)
    await talk(alice, bob)
  })

  it('find each other without DHCP, on 169.254 addresses', async () => {
    const lab = newLab()
    const identities = createIdentities(2)
    const [alice, bob] = identities.map((identity, n) =>
      start({ host: lab.addHost(`host${n}`, `169.254.7.${n + 1}/16`), identity, members: identities }),
    )
    if (alice === undefined || bob === undefined) throw new Error('two people were started')
    await meet(alice, bob)
  })

  // both sides of the tie-break: the one that dials at once keeps its cable, or loses it
  it.each([
    ['the device that dials', 0],
    ['the device that is dialled', 1],
  ] as const)('notice that the cable of %s is pulled, and are back when it is plugged', async (_, which) => {
    const { alice, bob, hosts } = twoHosts()
    await meet(alice, bob)
    const lost = Promise.all([loses(alice, bob), loses(bob, alice)])
    const pulledAt = Date.now()
    hosts[which].unplug()
    const noticed = await lost
    const back = meet(alice, bob)
    const pluggedAt = Date.now()
    hosts[which].plug()
    const returned = await back
    await talk(alice, bob)
    const after = (events: { at: number }[], since: number) => events.map(({ at }) => `${at - since} ms`).join(' and ')
    console.info(
      `cable of host ${which}: noticed after ${after(noticed, pulledAt)}, back after ${after(returned, pluggedAt)}`,
    )
  })

  it('find each other again when one gets another address', async () => {
    const { alice, bob, hosts } = twoHosts()
    await meet(alice, bob)
    const lost = Promise.all([loses(alice, bob), loses(bob, alice)])
    const changedAt = Date.now()
    hosts[1].renumber('10.77.1.99/24')
    await lost
    const [seen] = await meet(alice, bob)
    await talk(alice, bob)
    console.info(`address changed: connected again after ${seen.at - changedAt} ms`)
  })

  it('tell a host without any network from one that is alone', async () => {
    const lab = newLab()
    const host = lab.addHost('alice', '10.77.1.11/24')
    host.unplug()
    const alice = start({ host, identity: createIdentity(), members: [] })
    await alice.next('status', ({ state }) => state === 'offline')
    const searching = alice.next('status', ({ state }) => state === 'searching')
    host.plug()
    await searching
  })
})

const noFirewall = hasFirewall() ? undefined : 'the command `nft` (package nftables) is missing'
if (noFirewall !== undefined) console.warn(`The firewall story is skipped: ${noFirewall}.`)

describe.skipIf(missing !== undefined || noFirewall !== undefined)('a host whose firewall drops discovery', () => {
  it('says on which interface, and meets the others once the firewall is open', async () => {
    const lab = newLab()
    const members = createIdentities(2)
    const hosts = [lab.addHost('alice', '10.77.1.11/24'), lab.addHost('bob', '10.77.1.12/24')] as const
    for (const host of hosts) host.dropDiscovery(MDNS_PORT)
    const [alice, bob] = members.map((identity, n) => start({ host: hosts[n] ?? hosts[0], identity, members }))
    if (alice === undefined || bob === undefined) throw new Error('two people were started')
    await alice.once('status', ({ deafInterfaces = [] }) => deafInterfaces.includes('eth0'))
    const hearing = alice.next('status', ({ deafInterfaces = [] }) => deafInterfaces.length === 0)
    for (const host of hosts) host.dropNothing()
    await Promise.all([hearing, meet(alice, bob)])
  })
})

describe.skipIf(missing !== undefined)('two people on one machine, limited to loopback', () => {
  it('find each other and put nothing on the network', async () => {
    const lab = newLab()
    const host = lab.addHost('demo', '10.77.1.11/24', { ipv6: false }) // IPv6 speaks by itself when a link comes up
    const identities = createIdentities(2)
    const before = host.sentFrames()
    const [alice, bob] = identities.map(identity =>
      start({ host, identity, members: identities, discovery: 'loopback' }),
    )
    if (alice === undefined || bob === undefined) throw new Error('two people were started')
    await meet(alice, bob)
    await talk(alice, bob)
    expect(
      alice.history.flatMap(({ addresses = [] }) => addresses).every(one => one.startsWith('/ip4/127.0.0.1/')),
    ).toBe(true)
    await Promise.all([alice.stop(), bob.stop()])
    expect(host.sentFrames()).toBe(before)
  })
})
