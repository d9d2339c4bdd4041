import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import { securityHeaders } from '../shared/content-security-policy.ts'
import { SESSION_PATH } from '../shared/shell-handshake.ts'
import type { PageFile } from './page-files.ts'
import { readJson } from './read-body.ts'
import { isOwnRequest } from './request-checks.ts'
import { isSecret, REOPEN_PATH } from './running-shell.ts'
import type { Sessions } from './sessions.ts'

export interface HttpParts {
  files: ReadonlyMap<string, PageFile>
  sessions: Sessions
  port: () => number
  /** Lets a second start on the same profile show this one's window. */
  reopenSecret: string
  reopen(): Promise<{ address: string | null }>
}

const tokenBody = z.strictObject({ token: z.string().check(z.maxLength(100)) })

/** Milliseconds for the head and for the whole of a request: nothing here takes long on loopback. */
const HEADERS_TIMEOUT = 5_000
const REQUEST_TIMEOUT = 10_000

export const createHttpServer = ({ files, sessions, port, reopenSecret, reopen }: HttpParts): Server => {
  const answer = (response: ServerResponse, code: number, body: Buffer | object, type = 'application/json') => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    response.writeHead(code, {
      ...securityHeaders([`ws://127.0.0.1:${port()}`]),
      'Content-Type': type,
      'Content-Length': bytes.length,
    })
    response.end(bytes)
  }
  const refuse = (response: ServerResponse, code: number, message: string) => answer(response, code, { message })

  const exchange = async (request: IncomingMessage, response: ServerResponse) => {
    if (!isOwnRequest(request, port(), 'call')) return refuse(response, 403, 'This request comes from elsewhere.')
    const body = tokenBody.safeParse(await readJson(request))
    if (!body.success) return refuse(response, 400, 'This request cannot be read.')
    const session = sessions.exchange(body.data.token)
    if (session === undefined) return refuse(response, 401, 'This address was used or has expired. Open Lanyard again.')
    answer(response, 200, { session })
  }

  /** From a second start of the shell, not from a browser: browsers always send Origin with POST. */
  const showAgain = async (request: IncomingMessage, response: ServerResponse) => {
    const { host, origin, authorization } = request.headers
    const isOurs = host === `127.0.0.1:${port()}` && origin === undefined
    if (!isOurs || !isSecret(reopenSecret, authorization)) return refuse(response, 403, 'This is not for you.')
    answer(response, 200, await reopen())
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { method } = request
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (method === 'POST' && path === SESSION_PATH) return exchange(request, response)
    if (method === 'POST' && path === REOPEN_PATH) return showAgain(request, response)
    if (method !== 'GET') return refuse(response, 405, 'Nothing here can be written to.')
    if (!isOwnRequest(request, port(), 'page')) return refuse(response, 403, 'This request comes from elsewhere.')
    const file = files.get(path)
    if (file === undefined) return refuse(response, 404, 'There is no such file.')
    answer(response, 200, file.bytes, file.type)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // The request broke off while it was read; there is nobody left to answer.
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  server.headersTimeout = HEADERS_TIMEOUT
  server.requestTimeout = REQUEST_TIMEOUT
  return server
}
