import { createChannels } from '../../src/shared/rpc/channels.ts'
import type { Port } from '../../src/shared/rpc/port.ts'
import { createChildProcessPort } from '../../src/shared/rpc/process-port.ts'

/** A child process that joins the first two channels it is given, so that frames pass the wire twice. */
let first: Port | undefined

createChannels(createChildProcessPort(process), 2).onOpen((_name, port) => {
  if (first === undefined) {
    first = port
    return
  }
  const [alice, bob] = [first, port]
  alice.onFrame(frame => bob.post(frame))
  bob.onFrame(frame => alice.post(frame))
  alice.onClose(() => bob.close())
  bob.onClose(() => alice.close())
})
