import * as z from 'zod/mini'
import { LanyardError } from '../../shared/errors.ts'
import { createWebSocketPort } from '../../shared/rpc/websocket-port.ts'
import {
  ENGINE_PATH,
  HOST_PATH,
  SESSION_KEY,
  SESSION_PATH,
  SESSION_UNKNOWN,
  SUBPROTOCOL,
  TOKEN_FRAGMENT,
} from '../../shared/shell-handshake.ts'
import type { ShellPorts } from './shell-ports.ts'

const sessionAnswer = z.object({ session: z.string().check(z.minLength(1), z.maxLength(200)) })

/** Takes the one-time token off the address at once, so that neither history nor a bookmark keeps it. */
const takeToken = (page: Window): string | undefined => {
  const { hash, pathname, search } = page.location
  if (!hash.startsWith(TOKEN_FRAGMENT)) return undefined
  page.history.replaceState(null, '', `${pathname}${search}`)
  return hash.slice(TOKEN_FRAGMENT.length)
}

const exchangeToken = async (page: Window, token: string): Promise<void> => {
  const answer = await page.fetch(SESSION_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (!answer.ok) throw new LanyardError('port-closed', 'The one-time address was used or has expired')
  page.sessionStorage.setItem(SESSION_KEY, sessionAnswer.parse(await answer.json()).session)
}

/** Opens one WebSocket each to the engine and to the shell, as `shell-handshake.ts` says. */
export const connectBrowserShell = async (page: Window): Promise<ShellPorts> => {
  const token = takeToken(page)
  if (token !== undefined) await exchangeToken(page, token)
  const session = page.sessionStorage.getItem(SESSION_KEY)
  if (session === null) throw new LanyardError('port-closed', 'This page has no session')

  let refused = false
  const open = (path: string) => {
    const address = new URL(path, page.location.href)
    address.protocol = 'ws:'
    const socket = new WebSocket(address, [SUBPROTOCOL, session])
    socket.addEventListener('close', ({ code }) => {
      if (code === SESSION_UNKNOWN) refused = true
    })
    return createWebSocketPort(socket)
  }
  return { engine: open(ENGINE_PATH), host: open(HOST_PATH), isRefused: () => refused }
}
