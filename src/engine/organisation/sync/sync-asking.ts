import type { DeviceId } from '../../../shared/ids.ts'
import { decodeSyncAnswer, encodeSyncFrame, type SyncFrame } from './sync-frame.ts'

/** One request on /lanyard/org/1, and its answer where it is of an expected kind. */
export type AskPeer = <Kind extends SyncFrame['kind']>(
  device: DeviceId,
  question: SyncFrame,
  expected: readonly Kind[],
  /** Milliseconds. */
  timeout: number,
) => Promise<Extract<SyncFrame, { kind: Kind }>>

export interface SyncAskingInit {
  /** Rejects with `network-failed`. */
  ask(device: DeviceId, request: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
  /** Aborted when the profile is locked. */
  stopping: AbortSignal
}

/** Rejects with `network-failed`, `cancelled`, and `document-malformed` for an answer that is none. */
export const createAskPeer =
  ({ ask, stopping }: SyncAskingInit): AskPeer =>
  async (device, question, expected, timeout) => {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeout)])
    return decodeSyncAnswer(await ask(device, encodeSyncFrame(question), signal), ...expected)
  }
