import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { askRunningShell } from '../../../src/browser/running-shell.ts'
import { TOKEN_LIFETIME } from '../../../src/browser/sessions.ts'
import { openSettings } from '../../../src/browser/settings-file.ts'
import { type BrowserShell, startShell } from '../../../src/browser/shell.ts'
import type { Port } from '../../../src/shared/rpc/port.ts'
import { createWebSocketPort } from '../../../src/shared/rpc/websocket-port.ts'
import { SESSION_UNKNOWN, SUBPROTOCOL } from '../../../src/shared/shell-handshake.ts'

let folder: string
let shell: BrowserShell
let now = 1_750_000_000_000
let reopened = 0

const start = (port?: number) =>
  startShell({
    folder: join(folder, 'shell'),
    page: join(folder, 'page'),
    file: openSettings(join(folder, 'shell')),
    ...(port === undefined ? {} : { port }),
    now: () => now,
    serveEngine: (served: Port) => served.post('engine here'),
    serveHost: (served: Port) => served.post('host here'),
    reopen: () => Promise.resolve({ address: `reopened ${++reopened}` }),
  })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-shell-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Lanyard</title>')
  await writeFile(join(folder, 'page', 'assets', 'main.js'), 'export {}')
  await writeFile(join(folder, 'page', 'notes.txt'), 'not part of a page')
  await writeFile(join(folder, 'secret.json'), '{}')
  shell = await start()
})

afterEach(async () => {
  await shell.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Ask {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}

/** Not `fetch`: Mallory sets every header as she likes. */
const ask = async ({ method = 'GET', path = '/', headers = {}, body }: Ask) => {
  const sent = request({ host: '127.0.0.1', port: shell.port, method, path, headers, agent: false })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  let text = ''
  for await (const chunk of answer) text += chunk
  return { status: answer.statusCode as number, headers: answer.headers as Record<string, string>, text }
}

const ownOrigin = () => `http://127.0.0.1:${shell.port}`
const tokenOf = (address: string) => address.split('#token=')[1] ?? ''

const exchange = (token: string, headers: Record<string, string> = {}) =>
  ask({
    method: 'POST',
    path: '/session',
    headers: { 'content-type': 'application/json', origin: ownOrigin(), 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify({ token }),
  })

const newSession = async (): Promise<string> => JSON.parse((await exchange(tokenOf(shell.address()))).text).session

describe('the page', () => {
  test('comes with every header that confines it', async () => {
    const { status, headers } = await ask({})
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test('is all there is to read', async () => {
    expect((await ask({ path: '/assets/main.js' })).status).toBe(200)
    const elsewhere = [
      '/notes.txt',
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/assets/..%2f..%2fsecret.json',
      '//x',
      '/assets',
    ]
    for (const path of elsewhere) {
      expect((await ask({ path })).status, path).toBe(404)
    }
    expect((await ask({ method: 'PUT', path: '/index.html' })).status).toBe(405)
  })

  test.each([
    ['under a name that was pointed at this PC', { host: 'mallory.example' }],
    ['under the name localhost', { host: 'localhost' }],
    ['from another page', { 'sec-fetch-site': 'cross-site' }],
    ['from another port of this PC', { 'sec-fetch-site': 'same-site' }],
    ['with the origin of another page', { origin: 'https://mallory.example' }],
    ['with no origin that can be named', { origin: 'null' }],
  ])('is not given out %s', async (_how, headers) => {
    expect((await ask({ headers })).status).toBe(403)
  })
})

describe('the one-time token', () => {
  test('is good once', async () => {
    const token = tokenOf(shell.address())
    expect((await exchange(token)).status).toBe(200)
    expect((await exchange(token)).status).toBe(401)
  })

  test('expires', async () => {
    const token = tokenOf(shell.address())
    now += TOKEN_LIFETIME
    expect((await exchange(token)).status).toBe(401)
  })

  test('cannot be guessed, left out or sent from elsewhere', async () => {
    const token = tokenOf(shell.address())
    expect((await exchange('')).status).toBe(401)
    expect((await exchange('x'.repeat(5_000))).status).toBe(400)
    expect((await exchange(token, { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await exchange(token, { origin: 'https://mallory.example' })).status).toBe(403)
    expect((await exchange(token, { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await exchange(token)).status).toBe(200)
  })
})

describe('a WebSocket', () => {
  const open = (path: string, protocols: string[], headers: Record<string, string> = { origin: ownOrigin() }) =>
    new WebSocket(`ws://127.0.0.1:${shell.port}${path}`, protocols, { headers })
  const refusal = async (socket: WebSocket) => {
    const [error] = await once(socket, 'error')
    return String(error)
  }

  test('with a session reaches the engine and the shell', async () => {
    const session = await newSession()
    for (const [path, greeting] of [
      ['/engine', 'engine here'],
      ['/host', 'host here'],
    ] as const) {
      const port = createWebSocketPort(open(path, [SUBPROTOCOL, session]))
      const first = await new Promise(resolve => port.onFrame(resolve))
      expect(first).toBe(greeting)
      port.close()
    }
  })

  test('with a session of an earlier run is told so', async () => {
    const [code] = await once(open('/engine', [SUBPROTOCOL, 'of-another-run']), 'close')
    expect(code).toBe(SESSION_UNKNOWN)
  })

  test('of somebody without a session who breaks the protocol takes nothing with it', async () => {
    const key = Buffer.alloc(16).toString('base64')
    const head = [
      'GET /engine HTTP/1.1',
      `Host: 127.0.0.1:${shell.port}`,
      `Origin: ${ownOrigin()}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}, made-up`,
    ]
    const mallory = connect(shell.port, '127.0.0.1')
    mallory.write(`${head.join('\r\n')}\r\n\r\n`)
    mallory.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff)) // reserved bits and a reserved opcode
    mallory.resume()
    await once(mallory, 'close')
    expect((await ask({})).status).toBe(200)
  })

  test('from elsewhere is refused, session or not', async () => {
    const protocols = [SUBPROTOCOL, await newSession()]
    expect(await refusal(open('/engine', protocols, { origin: 'https://mallory.example' }))).toContain('403')
    expect(await refusal(open('/engine', protocols, {}))).toContain('403')
    expect(await refusal(open('/engine', protocols, { origin: ownOrigin(), host: 'mallory.example' }))).toContain('403')
    expect(await refusal(open('/constructor', protocols))).toContain('404')
    expect(await refusal(open('/engine', [SUBPROTOCOL]))).toContain('400')
    expect(await refusal(open('/engine', ['other', protocols[1] ?? '']))).toContain('400')
  })
})

describe('starting', () => {
  test('keeps its port, because the cache of the page belongs to it', async () => {
    const before = shell.port
    await shell.stop()
    shell = await start()
    expect(shell.port).toBe(before)
  })

  test('says so when another program has the port, and moves when it is told to', async () => {
    const before = shell.port
    await shell.stop()
    const thief = createServer().listen(before, '127.0.0.1')
    await once(thief, 'listening')
    await expect(start()).rejects.toMatchObject({ code: 'port-taken' })
    shell = await start(0)
    expect(shell.port).not.toBe(before)
    thief.close()
  })

  test('a second time shows the window of the first', async () => {
    const before = reopened
    expect(await askRunningShell(join(folder, 'shell'))).toEqual({ address: `reopened ${before + 1}` })
  })

  test('only who can read the profile can ask for that', async () => {
    for (const headers of [{}, { authorization: 'guess' }, { origin: ownOrigin(), authorization: 'guess' }]) {
      expect((await ask({ method: 'POST', path: '/reopen', headers })).status).toBe(403)
    }
  })

  test('after a crash finds that nobody runs', async () => {
    await writeFile(join(folder, 'running.json'), JSON.stringify({ port: 9, secret: 'x' }))
    expect(await askRunningShell(folder)).toBeUndefined()
    await writeFile(join(folder, 'running.json'), 'not JSON')
    expect(await askRunningShell(folder)).toBeUndefined()
  })

  test('with settings that somebody has damaged takes the usual ones', async () => {
    const file = openSettings(join(folder, 'shell'))
    expect(file.change({ theme: 'dark' })).toMatchObject({ theme: 'dark', notifications: 'full' })
    expect(openSettings(join(folder, 'shell')).read().theme).toBe('dark')
    await writeFile(join(folder, 'shell', 'settings.json'), '{"settings":{"theme":"pink"},"shell":{"port":"all"}}')
    const again = openSettings(join(folder, 'shell'))
    expect(again.read().theme).toBe('system')
    expect(again.port()).toBeNull()
    await writeFile(join(folder, 'shell', 'settings.json'), '{"set')
    expect(openSettings(join(folder, 'shell')).read().theme).toBe('system')
  })
})
