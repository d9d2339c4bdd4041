import type { Port } from './port.ts'
import { createPortEnd, type PortEnd } from './port-end.ts'

/** A child process with an IPC channel, or the child's own `process`. `serialization: 'advanced'` keeps bytes bytes. */
interface IpcProcess {
  readonly connected: boolean
  send?(frame: unknown, handle: undefined, options: undefined, told: (error: Error | null) => void): boolean
  disconnect(): void
  on(type: 'message', listener: (frame: unknown) => void): unknown
  on(type: 'disconnect', listener: () => void): unknown
}

/** Electron's UtilityProcess, as its parent sees it. */
interface ElectronUtilityProcess {
  postMessage(frame: unknown): void
  kill(): boolean
  on(type: 'message', listener: (frame: unknown) => void): unknown
  on(type: 'exit', listener: (code: number) => void): unknown
}

/** Electron's `process.parentPort`, as the utility process sees it. It dies with its parent. */
interface ElectronParentPort {
  postMessage(frame: unknown): void
  on(type: 'message', listener: (event: { data: unknown }) => void): unknown
}

interface Wire {
  send(frame: unknown): void
  disconnect(): void
}

const createPort = (connect: (end: PortEnd) => Wire): Port => {
  const end = createPortEnd()
  const wire = connect(end)
  return {
    post(frame) {
      if (!end.isClosed()) wire.send(frame)
    },
    onFrame: end.onFrame,
    onClose: end.onClose,
    close() {
      if (end.isClosed()) return
      end.closeHere()
      wire.disconnect()
    },
  }
}

/** Either end of the IPC channel between a Node process and its child. */
export const createChildProcessPort = (other: IpcProcess): Port =>
  createPort(({ deliver, closeHere }) => {
    other.on('message', deliver)
    other.on('disconnect', closeHere)
    return {
      send(frame) {
        // One that has just gone is told by `disconnect`; without a callback the failure would end this process.
        if (other.connected) other.send?.(frame, undefined, undefined, () => undefined)
      },
      disconnect() {
        if (other.connected) other.disconnect()
      },
    }
  })

/** The parent's end of the channel to an Electron utility process. Closing it ends the process. */
export const createUtilityProcessPort = (child: ElectronUtilityProcess): Port =>
  createPort(({ deliver, closeHere }) => {
    child.on('message', deliver)
    child.on('exit', closeHere)
    return { send: frame => child.postMessage(frame), disconnect: () => child.kill() }
  })

/** The child's end of the same channel. */
export const createParentPort = (parent: ElectronParentPort): Port =>
  createPort(({ deliver }) => {
    parent.on('message', event => deliver(event.data))
    return { send: frame => parent.postMessage(frame), disconnect: () => undefined }
  })
