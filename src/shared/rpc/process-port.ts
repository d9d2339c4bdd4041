import type { Port } from './port.ts'

/** A child process with an IPC channel, or the child's own `process`. `serialization: 'advanced'` keeps bytes bytes. */
interface IpcProcess {
  readonly connected: boolean
  send?(frame: unknown): boolean
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

type Wire = {
  send(frame: unknown): void
  disconnect(): void
}

/** The state that every process port has; `connect` wires it up. */
const createPort = (connect: (receive: (frame: unknown) => void, closeHere: () => void) => Wire): Port => {
  let listener: ((frame: unknown) => void) | undefined
  let closed = false
  const waiting: unknown[] = []
  const closeListeners: Array<() => void> = []

  const closeHere = () => {
    if (closed) return
    closed = true
    for (const told of closeListeners.splice(0)) told()
  }
  const receive = (frame: unknown) => {
    if (closed) return
    if (listener === undefined) waiting.push(frame)
    else listener(frame)
  }
  const wire = connect(receive, closeHere)

  return {
    post(frame) {
      if (!closed) wire.send(frame)
    },
    onFrame(next) {
      listener = next
      for (const frame of waiting.splice(0)) next(frame)
    },
    onClose(next) {
      if (closed) next()
      else closeListeners.push(next)
    },
    close() {
      if (closed) return
      closeHere()
      wire.disconnect()
    },
  }
}

/** Either end of the IPC channel between a Node process and its child. */
export const createChildProcessPort = (other: IpcProcess): Port =>
  createPort((receive, closeHere) => {
    other.on('message', receive)
    other.on('disconnect', closeHere)
    return {
      send(frame) {
        if (other.connected) other.send?.(frame)
      },
      disconnect() {
        if (other.connected) other.disconnect()
      },
    }
  })

/** The parent's end of the channel to an Electron utility process. Closing it ends the process. */
export const createUtilityProcessPort = (child: ElectronUtilityProcess): Port =>
  createPort((receive, closeHere) => {
    child.on('message', receive)
    child.on('exit', closeHere)
    return { send: frame => child.postMessage(frame), disconnect: () => child.kill() }
  })

/** The child's end of the same channel. */
export const createParentPort = (parent: ElectronParentPort): Port =>
  createPort(receive => {
    parent.on('message', event => receive(event.data))
    return { send: frame => parent.postMessage(frame), disconnect: () => undefined }
  })
