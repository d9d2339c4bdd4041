/**
 * LAN discovery between hosts in network namespaces without a default route: found and connected, counted from the moment
 * when both sides are ready; multicast packets in the steady state; what pulled cables and new addresses cost.
 * The baseline is a dial to a known address in the same laboratory: TCP, Noise, Yamux, hello.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { MDNS_PORT } from '../src/p2p/index.ts'
import { createLab, hasFirewall, type Lab, type LabHost, labMissing } from '../test/lab/netlab.ts'
import { createIdentities, type Person, startPerson } from '../test/lab/person.ts'
import { quantile, type Row, report, row } from './harness.ts'

const PAIR_ROUNDS = 10
const OFFICE_HOSTS = 20
const RECOVERY_ROUNDS = 5

/** Milliseconds until the quick queries of the start are over, and how long packets are counted. */
const SETTLE = 75_000
const COUNT_FOR = 60_000

const note = (text: string) => process.stderr.write(`${text}\n`)

interface Office {
  lab: Lab
  hosts: LabHost[]
  people: Person[]
  close(): Promise<void>
}

/** So many people, loaded and ready to start at one word. */
const openOffice = async (count: number, discovery: 'lan' | 'off' = 'lan'): Promise<Office> => {
  const lab = createLab()
  const members = createIdentities(count)
  const hosts = members.map((_, n) => lab.addHost(`h${n}`, `10.77.1.${n + 10}/24`))
  const people = members.flatMap((identity, n) => {
    const host = hosts[n]
    return host === undefined
      ? []
      : [
          startPerson({
            host,
            identity,
            members,
            discovery,
            waits: true,
            ...(discovery === 'off' ? { listenHosts: [`10.77.1.${n + 10}`] } : {}),
          }),
        ]
  })
  await Promise.all(people.map(person => person.once('born')))
  return {
    lab,
    hosts,
    people,
    async close() {
      await Promise.all(people.map(person => person.stop()))
      lab.destroy()
    },
  }
}

const startAll = async ({ people }: Office) => {
  for (const person of people) person.command({ do: 'start' })
  await Promise.all(people.map(person => person.once('started')))
}

/** For each person the time until the last colleague was found (or connected), each counted from when both were ready. */
const timesOf = async (people: readonly Person[], event: 'found' | 'connected'): Promise<number[]> => {
  const startedAt = async (person: Person) => (await person.once('started')).at
  return Promise.all(
    people.map(async person => {
      const others = people.filter(other => other !== person)
      const times = others.map(async other => {
        const { at } = await person.once(event, ({ device }) => device === other.device)
        return Math.max(0, at - Math.max(await startedAt(person), await startedAt(other)))
      })
      return Math.max(...(await Promise.all(times)))
    }),
  )
}

const knownDials = async (): Promise<number[]> => {
  const office = await openOffice(2, 'off')
  await startAll(office)
  // the higher device dials: it does not redial by itself before the next round
  const [bob, alice] = office.people
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  const { addresses } = await bob.once('started')
  const took: number[] = []
  for (let n = 0; n < PAIR_ROUNDS; n++) {
    const dialled = alice.next('dialled')
    alice.command({ do: 'dial', to: bob.device, addresses })
    took.push((await dialled).took ?? Number.NaN)
    const lost = alice.next('disconnected')
    bob.command({ do: 'revoke', whom: alice.device })
    await lost
  }
  await office.close()
  return took
}

const pairs = async () => {
  const found: number[] = []
  const connected: number[] = []
  for (let n = 0; n < PAIR_ROUNDS; n++) {
    const office = await openOffice(2)
    await startAll(office)
    found.push(...(await timesOf(office.people, 'found')))
    connected.push(...(await timesOf(office.people, 'connected')))
    await office.close()
  }
  return { found, connected }
}

const packetsPerMinute = async ({ hosts }: Office): Promise<number[]> => {
  await wait(SETTLE)
  const before = hosts.map(host => host.discoveryCount())
  await wait(COUNT_FOR)
  return hosts.map((host, n) => ((host.discoveryCount() - (before[n] ?? 0)) * 60_000) / COUNT_FOR)
}

const office = async () => {
  const all = await openOffice(OFFICE_HOSTS)
  const counts = hasFirewall()
  if (counts) for (const host of all.hosts) host.countDiscovery(MDNS_PORT)
  else note('packets are not counted: the command `nft` (package nftables) is missing')
  await startAll(all)
  const found = await timesOf(all.people, 'found')
  const connected = await timesOf(all.people, 'connected')
  const packets = counts ? await packetsPerMinute(all) : undefined
  await all.close()
  return { found, connected, packets }
}

const recovery = async () => {
  const two = await openOffice(2)
  await startAll(two)
  const [alice, bob] = two.people
  const host = two.hosts[1]
  if (alice === undefined || bob === undefined || host === undefined) throw new Error('two people were asked for')
  const meet = () => Promise.all([alice.connectedTo(bob), bob.connectedTo(alice)])
  const lost = () => Promise.all([alice.next('disconnected'), bob.next('disconnected')])
  const last = (events: { at: number }[], since: number) => Math.max(...events.map(({ at }) => at)) - since
  const noticed: number[] = []
  const back: number[] = []
  const renumbered: number[] = []
  await meet()
  for (let n = 0; n < RECOVERY_ROUNDS; n++) {
    const gone = lost()
    const pulledAt = Date.now()
    host.unplug()
    noticed.push(last(await gone, pulledAt))
    const pluggedAt = Date.now()
    host.plug()
    back.push(last(await meet(), pluggedAt))
    const moved = lost()
    const movedAt = Date.now()
    host.renumber(`10.77.1.${100 + n}/24`)
    await moved
    renumbered.push(last(await meet(), movedAt))
  }
  await two.close()
  return { noticed, back, renumbered }
}

const measure = async (): Promise<Row[]> => {
  const missing = labMissing()
  if (missing !== undefined) {
    note(`discovery is not measured: ${missing}`)
    return []
  }
  note('known addresses …')
  const dials = await knownDials()
  const baseline = quantile(dials, 0.5)
  note('2 hosts …')
  const two = await pairs()
  note('cables and addresses …')
  const { noticed, back, renumbered } = await recovery()
  note(`${OFFICE_HOSTS} hosts, ${(SETTLE + COUNT_FOR) / 1_000} s for the packets …`)
  const many = await office()
  return [
    row('dial of a known address', 'ms', dials, baseline),
    row('2 hosts, found', 'ms', two.found, baseline),
    row('2 hosts, connected', 'ms', two.connected, baseline),
    row(`${OFFICE_HOSTS} hosts, all found`, 'ms', many.found, baseline),
    row(`${OFFICE_HOSTS} hosts, all connected`, 'ms', many.connected, baseline),
    ...(many.packets === undefined
      ? []
      : [row(`${OFFICE_HOSTS} hosts, steady state`, 'multicast packets per minute and host', many.packets)]),
    row('cable pulled, noticed on both sides', 'ms', noticed, baseline),
    row('cable plugged, connected again', 'ms', back, baseline),
    row('address changed, connected again', 'ms', renumbered, baseline),
  ]
}

report(await measure())
