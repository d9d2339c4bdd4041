import type { Server } from 'node:http'
import { LanyardError } from '../shared/errors.ts'
import type { Port } from '../shared/rpc/port.ts'
import { TOKEN_FRAGMENT } from '../shared/shell-handshake.ts'
import { createHttpServer } from './http-server.ts'
import { readPageFiles } from './page-files.ts'
import { leaveNote, newSecret, removeNote } from './running-shell.ts'
import { createSessions } from './sessions.ts'
import type { SettingsFile } from './settings-file.ts'
import { acceptSockets } from './sockets.ts'

/** The only address this shell ever binds: other machines cannot reach it. */
const LOOPBACK = '127.0.0.1'

export interface ShellParts {
  /** The shell's own folder inside the profile's. */
  folder: string
  /** The built page. */
  page: string
  file: SettingsFile
  /** Overrides the kept port; 0 takes a free one and keeps it. */
  port?: number
  now: () => number
  serveEngine(port: Port): void
  serveHost(port: Port): void
  /** A second start on this profile: shows the window, or answers with an address where it cannot. */
  reopen(): Promise<{ address: string | null }>
}

export interface BrowserShell {
  readonly port: number
  /** A new one-time address of the page. */
  address(): string
  stop(): Promise<void>
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new LanyardError('port-taken', `Another program on this PC uses port ${port}`, { cause: error })
          : error,
      )
    })
    server.listen(port, LOOPBACK, () => {
      const bound = server.address()
      if (bound === null || typeof bound === 'string') reject(new Error('The server is bound to no port'))
      else resolve(bound.port)
    })
  })

/** Serves the page, and both ports to each page. Fails with `port-taken`. */
export const startShell = async (parts: ShellParts): Promise<BrowserShell> => {
  const { folder, page, file, now, serveEngine, serveHost, reopen } = parts
  const sessions = createSessions(now)
  const reopenSecret = newSecret()
  let bound = 0
  const port = () => bound
  const server = createHttpServer({ files: await readPageFiles(page), sessions, port, reopenSecret, reopen })
  const closeSockets = acceptSockets({ server, sessions, port, serveEngine, serveHost })

  bound = await listen(server, parts.port ?? file.port() ?? 0)
  file.keepPort(bound)
  await leaveNote(folder, bound, reopenSecret)

  return {
    port: bound,
    address: () => `http://${LOOPBACK}:${bound}/${TOKEN_FRAGMENT}${sessions.issueToken()}`,
    async stop() {
      await removeNote(folder)
      closeSockets()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
