/**
 * How a page gets its two ports, the engine's and the host's, from either shell. Both sides of both ways use these
 * names.
 *
 * Electron: the page posts `{ type: PORTS_WANTED }` to its own window; the preload asks main; main sends two
 * MessagePorts; the preload posts `{ type: PORTS_HERE }` to the window with `event.ports = [engine, host]`. A page
 * whose ports have closed (the engine was restarted) asks again. `window.lanyardShell` is `'electron'` there.
 *
 * Browser shell: the page is opened as `/#token=<one-time token>`. It takes the fragment off the address at once,
 * posts `{"token": …}` as JSON to `SESSION_PATH`, gets `{"session": …}`, keeps that in `sessionStorage` (which, unlike
 * a cookie, belongs to one origin with its port), and opens a WebSocket each to `ENGINE_PATH` and `HOST_PATH` with the
 * subprotocols `[SUBPROTOCOL, session]`. 401 means that the token was used or has expired; a socket that is refused
 * with `SESSION_UNKNOWN` means that the shell was restarted: the person must open Lanyard again.
 */
export const PORTS_WANTED = 'lanyard:ports-wanted'
export const PORTS_HERE = 'lanyard:ports-here'

export const TOKEN_FRAGMENT = '#token='
export const SESSION_PATH = '/session'
export const ENGINE_PATH = '/engine'
export const HOST_PATH = '/host'
export const SUBPROTOCOL = 'lanyard.1'
/** Key in `sessionStorage`. */
export const SESSION_KEY = 'lanyard.session'
/** Close code of a WebSocket whose session the shell does not know (private range of RFC 6455 section 7.4.2). */
export const SESSION_UNKNOWN = 4401
