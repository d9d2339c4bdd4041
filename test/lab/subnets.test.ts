import { afterEach, describe, expect, it } from 'vitest'
import { labMissing } from './netlab.ts'
import { createIdentities, type Person, startPerson } from './person.ts'
import { createSite, type Site } from './subnets.ts'

const missing = labMissing()
if (missing !== undefined) console.warn(`The subnets are skipped: ${missing}.`)

const PORT = 47_000

const sites: Site[] = []
const people: Person[] = []

afterEach(async () => {
  await Promise.all(people.splice(0).map(person => person.stop()))
  for (const { lab } of sites.splice(0)) lab.destroy()
})

/** Twelve people on three subnets; each knows one address, that of a host on the next subnet. */
const twelve = async () => {
  const site = createSite([6, 3, 3])
  sites.push(site)
  const members = createIdentities(12)
  const all = site.hosts.map(({ host, subnet }, n) => {
    const identity = members[n]
    const next = site.hosts.find(other => other.subnet === (subnet + 1) % 3)
    if (identity === undefined || next === undefined) throw new Error('twelve people on three subnets')
    const seeds = [`/ip4/${next.address}/tcp/${PORT}`]
    return { subnet, person: startPerson({ host, identity, members, seeds, port: PORT, waits: true }) }
  })
  people.push(...all.map(({ person }) => person))
  await Promise.all(people.map(person => person.once('born')))
  const startedAt = Date.now()
  for (const person of people) person.command({ do: 'start' })
  return { site, all, startedAt }
}
const pairs = (some: readonly Person[], others: readonly Person[]) =>
  some.flatMap(one => others.filter(other => other !== one).map(other => one.connectedTo(other)))
const last = (events: readonly { at: number }[], since: number) => Math.max(...events.map(({ at }) => at)) - since

describe.skipIf(missing !== undefined)('twelve hosts on three subnets with one seed address each', () => {
  it('all connect, notice when a half is cut off, and connect again when it is not', async () => {
    const { site, all, startedAt } = await twelve()
    const met = await Promise.all(pairs(people, people))
    console.info(`12 hosts on three subnets: all connected after ${last(met, startedAt)} ms`)

    const half = all.filter(({ subnet }) => subnet === 0).map(({ person }) => person)
    const rest = people.filter(person => !half.includes(person))
    const across = half.flatMap(one => rest.flatMap(other => [[one, other] as const, [other, one] as const]))
    const lost = across.map(([one, other]) => one.next('disconnected', ({ device }) => device === other.device))
    const cutAt = Date.now()
    site.cutOff(0)
    const noticed = await Promise.all(lost)
    const reunited = Promise.all([...pairs(half, rest), ...pairs(rest, half)])
    const healedAt = Date.now()
    site.heal(0)
    const back = await reunited
    const first = Math.min(...back.map(({ at }) => at))
    console.info(
      `half cut off: noticed by all after ${last(noticed, cutAt)} ms; healed: first pair after ${first - healedAt} ms, all after ${last(back, healedAt)} ms`,
    )
    // none of them is a connection from before
    expect(first).toBeGreaterThanOrEqual(healedAt)
  })
})
