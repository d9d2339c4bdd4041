import type { IncomingMessage } from 'node:http'

/** Bytes: a token or a secret in JSON. */
const MAX_BODY_BYTES = 1_024

/** The JSON body of a request, or undefined for one that is too long or no JSON. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  if (request.headers['content-type'] !== 'application/json') return undefined
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MAX_BODY_BYTES) return undefined
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return undefined // not JSON: the caller answers 400
  }
}
