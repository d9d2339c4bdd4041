import { isLanyardError } from '../../shared/errors.ts'
import type { DeviceId, EnvelopeId } from '../../shared/ids.ts'
import { createAcknowledgements } from './acknowledgements.ts'
import { MAX_ACKNOWLEDGED_IDS, SWEEP_EVERY, SWEEP_FIRST_AFTER } from './constants.ts'
import { createEnvelopeIds } from './envelope-ids.ts'
import { createFrameIntake } from './frame-intake.ts'
import { encodeFrame } from './frames.ts'
import { createIncoming } from './incoming.ts'
import { createLinks } from './links.ts'
import { devicesWithRows, highestEnvelopeId } from './outbox.ts'
import { createOwnPrekeys } from './own-prekeys.ts'
import { createReading } from './reading.ts'
import { createReceiving } from './receiving.ts'
import { startRepeater } from './repeater.ts'
import { createResets } from './resets.ts'
import { createSealing } from './sealing.ts'
import { createSending } from './sending.ts'
import { loadChannels, loadPrekeys, saveChannel, savePrekeys } from './sessions.ts'
import { type Memory, type OpenTurn, openTurn } from './turn.ts'
import { createTurns, type Step } from './turns.ts'
import type { Delivery, DeliveryInit, DropReason } from './types.ts'
import { createUpkeep } from './upkeep.ts'

const save = { channel: saveChannel, prekeys: savePrekeys }

/** Loads the sessions and goes on with what was under way. Rejects with what the store throws. */
export const createDelivery = async (init: DeliveryInit): Promise<Delivery> => {
  const { store, provider, keys, directory, link, clock, now, log, onReceived } = init
  const memory: Memory = {
    channels: loadChannels(store),
    queues: new Map(),
    prekeys: await store.write(tx => loadPrekeys(tx, provider, now())),
  }
  const drops: Record<DropReason, number> = {
    malformed: 0,
    unlisted: 0,
    unopenable: 0,
    unacceptable: 0,
    'unknown-kind': 0,
  }
  let isStopped = false

  const drop = (device: DeviceId, reason: DropReason, detail: string) => {
    drops[reason] += 1
    if (reason === 'unopenable') links.countUnopenable(device)
    log.warn({ device: device.slice(0, 8), reason, detail }, 'dropped what a device sent')
  }

  const links = createLinks({
    link,
    repeat: device =>
      startRepeater({
        progress: () => ({
          acknowledged: intake.answersOf(device),
          isWaiting: (memory.queues.get(device)?.envelopes ?? 0) > 0,
        }),
        repeat: () => void attempt('repeat', turn => sealing.resume(turn, device)),
      }),
  })
  const nextId = createEnvelopeIds({ provider, now, last: highestEnvelopeId(store) })
  const sealing = createSealing({ provider, keys, directory, links, nextId })
  const ownPrekeys = createOwnPrekeys({ provider, keys, links })
  const resets = createResets({ provider, keys, directory, links, sealing, ownPrekeys })
  const acknowledgements = createAcknowledgements({ directory, sealing })
  const reading = createReading({ directory, sealing })
  const incoming = createIncoming({ provider, directory, clock, reading, onReceived })
  const receiving = createReceiving({ provider, keys, directory, incoming, resets, ownPrekeys, drop })
  const sending = createSending({ directory, clock, sealing })
  const upkeep = createUpkeep({ directory })

  const sendIds = (kind: 'acknowledgement' | 'refusal', ids: ReadonlyMap<DeviceId, readonly EnvelopeId[]>) => {
    for (const [device, all] of ids)
      for (let at = 0; at < all.length; at += MAX_ACKNOWLEDGED_IDS)
        links.send(device, encodeFrame({ kind, ids: all.slice(at, at + MAX_ACKNOWLEDGED_IDS) }))
  }

  const turns = createTurns({
    store,
    open: tx => openTurn(tx, now(), memory),
    finish(turn: OpenTurn) {
      for (const device of turn.connectedDevices()) sealing.fill(turn, device)
      turn.finish(save)
    },
    committed(turn) {
      for (const device of memory.queues.keys()) if (!links.isOpen(device)) memory.queues.delete(device)
      if (isStopped) return
      sendIds('acknowledgement', turn.acknowledged)
      sendIds('refusal', turn.refused)
      for (const effect of turn.effects) effect()
    },
  })

  /** For what nobody waits for: a full disk is told by the store, and the other side or the repeater tries again. */
  const attempt = async (what: string, step: Step<void>): Promise<void> => {
    if (isStopped) return
    try {
      await turns.run(step)
    } catch (error) {
      if (isLanyardError(error)) log.debug({ what, code: error.code }, 'not stored, to be repeated')
      else log.error({ what, error }, 'a step of delivery failed')
    }
  }

  const intake = createFrameIntake({
    provider,
    directory,
    links,
    receiving,
    acknowledgements,
    resets,
    attempt,
    drop,
    now,
  })

  const addTo = (devices: readonly DeviceId[]) =>
    attempt('devices added', turn => {
      for (const device of devices) sending.addressTo(turn, device)
    })
  const remove = (devices: readonly DeviceId[]) =>
    attempt('devices removed', turn => {
      for (const device of devices) upkeep.removeDevice(turn, device)
    })

  /** A list came into force, and the process ended, or the disk was full, before what it means was done here. */
  const followList = async (): Promise<void> => {
    const known = new Set([...memory.channels.keys(), ...devicesWithRows(store)])
    const gone = [...known].filter(device => directory.personOf(device) === undefined)
    if (gone.length > 0) await remove(gone)
    const awaited = sending.awaited(store).flatMap(directory.devicesOf)
    if (awaited.length > 0) await addTo(awaited)
  }
  await followList()

  const sweep = async (): Promise<void> => {
    let isMore = !isStopped
    while (isMore) {
      isMore = false
      await attempt('sweep', turn => {
        isMore = upkeep.sweep(turn)
      })
    }
  }
  const firstSweep = setTimeout(() => void sweep(), SWEEP_FIRST_AFTER)
  const sweeper = setInterval(() => void sweep(), SWEEP_EVERY)
  firstSweep.unref()
  sweeper.unref()

  return {
    send: input => turns.run(turn => sending.send(turn, input)),
    cancel: id => turns.run(turn => sending.cancel(turn, id)),
    markRead: (id, upTo) => turns.run(turn => reading.markRead(turn, id, upTo)),
    onDeviceConnected(device) {
      if (isStopped || directory.personOf(device) === undefined) return
      memory.queues.delete(device)
      links.open(device)
      void attempt('connected', turn => {
        ownPrekeys.offer(turn, device)
        sealing.resume(turn, device)
      })
    },
    onDeviceDisconnected(device) {
      links.close(device)
      memory.queues.delete(device)
    },
    async onFrame(device, bytes) {
      if (isStopped || !links.isOpen(device)) return
      await intake.take(device, bytes)
    },
    onDrain: device => links.drain(device),
    onDevicesAdded: addTo,
    onDevicesRemoved(devices) {
      for (const device of devices) links.close(device)
      return remove(devices)
    },
    drops: () => ({ ...drops }),
    async stop() {
      isStopped = true
      clearTimeout(firstSweep)
      clearInterval(sweeper)
      links.closeAll()
      await turns.idle()
    },
  }
}
