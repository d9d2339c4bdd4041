import type { Connection, Stream } from '@libp2p/interface'
import { HELLO_PROTOCOL, MAX_HELLO_BYTES, MESSAGE_PROTOCOL } from './constants.ts'
import { FrameError } from './frames.ts'
import { decodeHello, encodeHello, type Hello, MalformedHelloError } from './hello.ts'
import { readFrame, writeFrame } from './stream-frames.ts'

/**
 * The dialler speaks first: hello stream, then the message stream, which tells the other side that all went well. Throws
 * what `isMalformedHello` knows, and the streams' own errors.
 */
export const sayHello = async (
  connection: Connection,
  own: Hello,
  signal: AbortSignal,
): Promise<{ hello: Hello; stream: Stream }> => {
  const stream = await connection.newStream(HELLO_PROTOCOL, { signal })
  writeFrame(stream, encodeHello(own))
  const hello = decodeHello(await readFrame(stream, { maxBytes: MAX_HELLO_BYTES, signal }))
  await stream.close({ signal })
  return { hello, stream: await connection.newStream(MESSAGE_PROTOCOL, { signal }) }
}

/** The other side: reads, calls `onHello`, and only then says its own. */
export const answerHello = async (
  stream: Stream,
  own: () => Hello,
  onHello: (hello: Hello) => void,
  signal: AbortSignal,
): Promise<void> => {
  onHello(decodeHello(await readFrame(stream, { maxBytes: MAX_HELLO_BYTES, signal })))
  writeFrame(stream, encodeHello(own()))
  await stream.close({ signal })
}

/** A stream that merely ends is no offence: connections are cut in the middle of a hello by tie-breaks and shutdowns. */
export const isMalformedHello = (error: unknown): boolean =>
  error instanceof MalformedHelloError || (error instanceof FrameError && error.fault !== 'truncated')
