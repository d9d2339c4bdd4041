import { describe, expect, it } from 'vitest'
import { MAX_RECORD_AGE, MAX_RECORDS, MAX_RECORDS_PER_FRAME } from '../../../../src/p2p/peers/constants.ts'
import { createKnownRecords } from '../../../../src/p2p/peers/known-records.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const device = (n: number) => n.toString(16).padStart(64, '0') as DeviceId
const [alice, bob, carol] = [device(1), device(2), device(3)]
const T = 1_800_000_000_000
const record = (of: DeviceId, seq: number) => ({ device: of, seq, addresses: [], bytes: new Uint8Array(0) })

const scene = () => {
  const world = { now: T, members: new Set([bob, carol]) }
  const known = createKnownRecords({ self: alice, isMember: one => world.members.has(one), now: () => world.now })
  return { world, known }
}

describe('the records that Alice holds', () => {
  it('are compared with what somebody else holds: each gets what is newer', () => {
    const { known } = scene()
    known.put(record(alice, T))
    known.put(record(bob, T - 10))
    const { records, wanted } = known.compare(
      new Map([
        [alice, T - 5],
        [bob, T - 3],
        [carol, T],
      ]),
    )
    expect(records.map(one => one.device)).toEqual([alice])
    expect(wanted).toEqual([bob, carol])
  })

  it('are the freshest first where not all of them fit', () => {
    const { world, known } = scene()
    for (let n = 10; n < 10 + 2 * MAX_RECORDS_PER_FRAME; n++) {
      world.members.add(device(n))
      known.put(record(device(n), T - 10_000 + n))
    }
    const { records } = known.compare(new Map())
    expect(records).toHaveLength(MAX_RECORDS_PER_FRAME)
    expect(records[0]?.device).toBe(device(9 + 2 * MAX_RECORDS_PER_FRAME))
    expect(known.compare(new Map(records.map(one => [one.device, one.seq]))).records).toHaveLength(
      MAX_RECORDS_PER_FRAME,
    )
  })

  it('go when their device leaves, or when they are too old', () => {
    const { world, known } = scene()
    known.put(record(bob, T))
    known.put(record(carol, T - MAX_RECORD_AGE + 1_000))
    world.members.delete(bob)
    known.sweep()
    expect([...known.holdings().keys()]).toEqual([carol])
    world.now += 2_000
    known.sweep()
    expect(known.size).toBe(0)
  })

  it('are never more than there is room for, but those held are still renewed', () => {
    const { world, known } = scene()
    for (let n = 10; n < 10 + MAX_RECORDS; n++) {
      world.members.add(device(n))
      known.put(record(device(n), T))
    }
    expect(known.isNews(record(bob, T))).toBe(false)
    expect(known.isNews(record(device(10), T + 1))).toBe(true)
  })

  it('are not asked for that could not be taken over', () => {
    const { known } = scene()
    const { wanted } = known.compare(
      new Map([
        [device(99), T],
        [bob, T + 30 * MAX_RECORD_AGE],
      ]),
    )
    expect(wanted).toEqual([])
  })
})
