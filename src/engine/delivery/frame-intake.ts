import { type CryptoProvider, verifyPrekeyBundle } from '../../crypto/index.ts'
import { isLanyardError, missingCase } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Acknowledgements } from './acknowledgements.ts'
import { decodeFrame, type MessageFrame } from './frames.ts'
import type { Links } from './links.ts'
import type { Receiving } from './receiving.ts'
import type { Resets } from './resets.ts'
import type { Step } from './turns.ts'
import type { Directory, DropReason } from './types.ts'

export interface FrameIntakeInit {
  provider: CryptoProvider
  directory: Pick<Directory, 'keysOf'>
  links: Pick<Links, 'setPrekeys' | 'countBadFrame'>
  receiving: Receiving
  acknowledgements: Acknowledgements
  resets: Pick<Resets, 'obey'>
  /** Takes a step in a turn; resolves, never rejects, when it is done or was given up. */
  attempt(what: string, step: Step<void>): Promise<void>
  drop(device: DeviceId, reason: DropReason, detail: string): void
  now(): number
}

/** What a connected device sends, each frame to the part that it is for. */
export const createFrameIntake = (init: FrameIntakeInit) => {
  const { provider, directory, links, receiving, acknowledgements, resets, attempt, drop, now } = init
  const answers = new Map<DeviceId, number>()
  const countAnswer = (device: DeviceId) => void answers.set(device, (answers.get(device) ?? 0) + 1)

  /** Undefined for what no honest device sends; it is counted, and a device that sends much of it is hung up. */
  const tolerate = <T>(device: DeviceId, work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (!isLanyardError(error)) throw error
      drop(device, 'malformed', error.message)
      links.countBadFrame(device)
      return undefined
    }
  }

  const takePrekeys = async (device: DeviceId, bytes: Uint8Array): Promise<void> => {
    const peer = directory.keysOf(device)
    if (peer !== undefined) {
      const bundle = tolerate(device, () => verifyPrekeyBundle(provider, peer.sig, bytes))
      if (bundle === undefined) return
      // straight from the device, so new as of now: a wrong clock on either side must not make them look old
      links.setPrekeys(device, { ...bundle, createdAt: now() })
    }
    await attempt('prekeys', () => undefined) // what waits for a session is sealed at the end of the turn
  }

  const takeFrame = (device: DeviceId, frame: MessageFrame): Promise<void> => {
    switch (frame.kind) {
      case 'envelope':
        return attempt('envelope', turn => receiving.receive(turn, device, frame.id, frame.sealed))
      case 'acknowledgement':
        countAnswer(device)
        return attempt('acknowledgement', turn => acknowledgements.acknowledged(turn, device, frame.ids))
      case 'refusal':
        countAnswer(device)
        return attempt('refusal', turn => acknowledgements.refused(turn, device, frame.ids))
      case 'reset':
        return attempt('reset', turn => {
          if (!resets.obey(turn, device, frame.statement)) turn.after(() => drop(device, 'malformed', 'reset'))
        })
      case 'prekeys':
        return takePrekeys(device, frame.bundle)
      default:
        return missingCase(frame)
    }
  }

  return {
    /** Resolves, never rejects, when the frame has been dealt with. */
    async take(device: DeviceId, bytes: Uint8Array): Promise<void> {
      const frame = tolerate(device, () => decodeFrame(bytes))
      if (frame !== undefined) await takeFrame(device, frame)
    },
    /** Frames that answered envelopes, since the start: what shows that the device is still taking them. */
    answersOf: (device: DeviceId): number => answers.get(device) ?? 0,
  }
}
