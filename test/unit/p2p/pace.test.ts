import { afterEach, expect, it } from 'vitest'
import { ORG_PROTOCOL } from '../../../src/p2p/index.ts'
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from '../../../src/p2p/node/constants.ts'
import { createPaces } from '../../../src/p2p/node/paces.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'
import { type Actor, connectedTo, createActor, freeDiscoveryPort, introduce, next, text } from './actors.ts'

const [alice, bob] = ['a', 'b'].map(digit => digit.repeat(64) as DeviceId) as [DeviceId, DeviceId]
const running: Actor[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ network }) => network.stop()))
})

it('lets a device say a burst at once, then so much a second, and nobody else wait for it', () => {
  let now = 0
  const paces = createPaces({ now: () => now, burst: MESSAGE_BURST, perSecond: MESSAGES_PER_SECOND })
  expect(paces.take(alice, MESSAGE_BURST)).toBe(0)
  expect(paces.take(alice, MESSAGES_PER_SECOND)).toBe(1_000)
  expect(paces.take(bob, 1)).toBe(0)
  now = 2_000
  expect(paces.take(alice, MESSAGES_PER_SECOND)).toBe(0)
  now = 3_600_000
  expect(paces.take(alice, MESSAGE_BURST + 1)).toBe(1_000 / MESSAGES_PER_SECOND)
})

it('makes a device that floods wait, up to its own queue', async () => {
  const discoveryPort = freeDiscoveryPort()
  const victim = createActor('Alice', { discoveryPort })
  const mallory = createActor('Mallory', { discoveryPort })
  running.push(victim, mallory)
  introduce(victim, mallory)
  victim.network.handle(ORG_PROTOCOL, async () => text('versions'))
  await Promise.all([victim.network.start(), mallory.network.start()])
  await Promise.all([connectedTo(victim, mallory), connectedTo(mallory, victim)])
  let heard = 0
  let isInOrder = true
  let onBurst: () => void = () => undefined
  const burst = new Promise<void>(resolve => {
    onBurst = resolve
  })
  victim.network.on('frame', ({ bytes }) => {
    isInOrder &&= new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === heard
    heard += 1
    if (heard === MESSAGE_BURST) onBurst()
  })

  let sent = 0
  const send = () => {
    const frame = new Uint8Array(sent < MESSAGE_BURST / 2 ? 100 : 1_000) // 2 MiB under way: 2,100 of the large ones
    new DataView(frame.buffer).setUint32(0, sent)
    return mallory.network.send(victim.device, frame)
  }
  for (; sent < MESSAGE_BURST; sent += 1) while (!send()) await next(mallory, 'drain')
  await burst
  for (let round = 0; round < 20; round += 1) {
    while (send()) sent += 1
    // what is heard of her otherwise goes on: twenty times to and fro, time for a megabyte if it were read
    for (let n = 0; n < 20; n += 1) await mallory.network.request(victim.device, ORG_PROTOCOL, text('versions?'))
  }
  expect(isInOrder).toBe(true)
  expect(heard).toBeLessThan(MESSAGE_BURST + 3_000)
  expect(sent).toBeLessThan(MESSAGE_BURST + 10_000)
})
