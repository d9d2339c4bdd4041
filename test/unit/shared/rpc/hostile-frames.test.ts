import { encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { LanyardError } from '../../../../src/shared/errors.ts'
import { createChannels } from '../../../../src/shared/rpc/channels.ts'
import { createRpcClient } from '../../../../src/shared/rpc/client.ts'
import { defineContract } from '../../../../src/shared/rpc/contract.ts'
import { createMemoryPorts } from '../../../../src/shared/rpc/memory-port.ts'
import type { Port } from '../../../../src/shared/rpc/port.ts'
import { type Handlers, serveRpc } from '../../../../src/shared/rpc/server.ts'
import { type AnyWebSocket, createWebSocketPort } from '../../../../src/shared/rpc/websocket-port.ts'
import { closed, collect } from '../../../helpers/port-compliance.ts'

const contract = defineContract({
  name: 'doorbell',
  version: 1,
  calls: {
    'bell.ring': {
      input: z.strictObject({ times: z.int().check(z.minimum(1), z.maximum(3)) }),
      output: z.strictObject({ heard: z.boolean() }),
    },
    'bell.wait': { input: z.strictObject({}), output: z.strictObject({}) },
    'bell.break': { input: z.strictObject({}), output: z.strictObject({}) },
    'bell.lie': { input: z.strictObject({}), output: z.strictObject({ heard: z.boolean() }) },
    'bell.refuse': { input: z.strictObject({}), output: z.strictObject({}) },
  },
  events: { 'bell.rang': z.strictObject({ times: z.int() }) },
})

const hello = { t: 'hello', contract: 'doorbell', version: 1 }

const serve = (port: Port) => {
  const aborted: string[] = []
  const bugs: string[] = []
  const handlers: Handlers<typeof contract> = {
    'bell.ring': () => ({ heard: true }),
    'bell.wait': (_input, { signal }) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => {
          aborted.push('bell.wait')
          resolve({})
        })
      }),
    'bell.break': () => {
      throw new TypeError('secret detail of the machine')
    },
    'bell.lie': () => ({ heard: 'maybe' as unknown as boolean }),
    'bell.refuse': () => {
      throw new LanyardError('disk-full', 'No space left', { retryable: true })
    },
  }
  const server = serveRpc(contract, port, handlers, { onBug: (_error, call) => bugs.push(call) })
  return { server, aborted, bugs }
}

/** Mallory holds the client's end herself, and says what no client would. */
const withMallory = () => {
  const [mallory, port] = createMemoryPorts()
  return { mallory, ...serve(port) }
}

describe('a server that Mallory talks to', () => {
  const firstAnswer = async (...frames: unknown[]) => {
    const { mallory } = withMallory()
    const answers = collect(mallory, 2)
    for (const frame of [hello, ...frames]) mallory.post(frame)
    return (await answers)[1]
  }

  test.each([
    ['no object', 42],
    ['nothing', null],
    ['an unknown kind', { t: 'reboot' }],
    ['an extra field', { t: 'cancel', id: 1, admin: true }],
    ['a call without a number', { t: 'call', name: 'bell.ring', input: {} }],
    ['a negative number', { t: 'call', id: -1, name: 'bell.ring', input: {} }],
    ['an endless name', { t: 'call', id: 1, name: 'x'.repeat(65), input: {} }],
    ['a second hello', hello],
  ])('hangs up on %s', async (_what, frame) => {
    const { mallory } = withMallory()
    const gone = closed(mallory)
    mallory.post(hello)
    mallory.post(frame)
    await gone
  })

  test('hangs up on a call before the hello', async () => {
    const { mallory } = withMallory()
    const gone = closed(mallory)
    mallory.post({ t: 'call', id: 1, name: 'bell.ring', input: { times: 1 } })
    await gone
  })

  test('hangs up on another contract or version', async () => {
    for (const other of [
      { ...hello, contract: 'safe' },
      { ...hello, version: 2 },
    ]) {
      const { mallory } = withMallory()
      const gone = closed(mallory)
      mallory.post(other)
      await gone
    }
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'bell.unknown', ''])(
    'knows no call named "%s"',
    async name => {
      expect(await firstAnswer({ t: 'call', id: 1, name, input: {} })).toMatchObject({
        t: 'error',
        id: 1,
        error: { code: 'unknown-call' },
      })
    },
  )

  test.each([
    ['of the wrong kind', 'three'],
    ['out of range', { times: 4 }],
    ['with an extra field', { times: 1, loud: true }],
    ['with a prototype of its own', JSON.parse('{"times":1,"__proto__":{"admin":true}}')],
    ['absent', undefined],
  ])('refuses an input %s', async (_what, input) => {
    expect(await firstAnswer({ t: 'call', id: 1, name: 'bell.ring', input })).toMatchObject({
      error: { code: 'bad-input' },
    })
  })

  test('says nothing about a bug but that there is one', async () => {
    const answer = await firstAnswer({ t: 'call', id: 1, name: 'bell.break', input: {} })
    expect(answer).toMatchObject({ error: { code: 'internal' } })
    expect(JSON.stringify(answer)).not.toContain('secret detail')
  })

  test('refuses a call number that is in use', async () => {
    const { mallory } = withMallory()
    const answers = collect(mallory, 2)
    mallory.post(hello)
    mallory.post({ t: 'call', id: 7, name: 'bell.wait', input: {} })
    mallory.post({ t: 'call', id: 7, name: 'bell.wait', input: {} })
    expect((await answers)[1]).toMatchObject({ t: 'error', id: 7, error: { code: 'bad-input' } })
  })

  test('survives whatever bytes fast-check thinks of', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 20 }), frames => {
        let deliver: (frame: unknown) => void = () => undefined
        const port: Port = {
          post: () => undefined,
          onFrame(listener) {
            deliver = listener
          },
          onClose: () => undefined,
          close: () => undefined,
        }
        const { bugs } = serve(port)
        deliver(hello)
        for (const frame of frames) deliver(frame)
        expect(bugs).toEqual([])
      }),
    )
  })
})

describe('a client whose server is Mallory', () => {
  const withServer = () => {
    const [port, mallory] = createMemoryPorts()
    const client = createRpcClient(contract, port)
    return { client, mallory }
  }

  test.each([
    ['answers before her hello', { t: 'ok', id: 1, output: { heard: true } }],
    ['speaks another version', { ...hello, version: 9 }],
    ['sends what cannot be read', { t: 'ok', id: '1' }],
  ])('gives up when she %s', async (_what, frame) => {
    const { client, mallory } = withServer()
    const call = client.call('bell.ring', { times: 1 })
    mallory.post(frame)
    await expect(call).rejects.toMatchObject({ code: 'contract-mismatch' })
  })

  test('takes no output that the contract does not know', async () => {
    const { client, mallory } = withServer()
    const call = client.call('bell.ring', { times: 1 })
    mallory.post(hello)
    mallory.post({ t: 'ok', id: 1, output: { heard: true, script: 'x' } })
    await expect(call).rejects.toMatchObject({ code: 'internal' })
  })

  test('takes no error code that the product does not know', async () => {
    const { client, mallory } = withServer()
    const call = client.call('bell.ring', { times: 1 })
    mallory.post(hello)
    mallory.post({ t: 'error', id: 1, error: { code: 'pwned', message: '', retryable: false } })
    await expect(call).rejects.toMatchObject({ code: 'contract-mismatch' })
  })

  test('ends on an event that the contract does not know', async () => {
    const { client, mallory } = withServer()
    const gone = new Promise<LanyardError>(resolve => client.onClose(resolve))
    mallory.post(hello)
    mallory.post({ t: 'event', name: 'constructor', payload: {} })
    expect((await gone).code).toBe('contract-mismatch')
  })

  test('ignores an answer to a call that it never made', async () => {
    const { client, mallory } = withServer()
    mallory.post(hello)
    mallory.post({ t: 'ok', id: 99, output: {} })
    const call = client.call('bell.ring', { times: 1 })
    mallory.post({ t: 'ok', id: 1, output: { heard: true } })
    expect(await call).toEqual({ heard: true })
  })
})

describe('Alice and her own server', () => {
  const connect = () => {
    const [port, other] = createMemoryPorts()
    return { client: createRpcClient(contract, port), ...serve(other) }
  }

  test('she calls and is answered, and hears what happens', async () => {
    const { client, server } = connect()
    expect(await client.call('bell.ring', { times: 2 })).toEqual({ heard: true })
    const rang = new Promise(resolve => client.on('bell.rang', resolve))
    server.emit('bell.rang', { times: 2 })
    expect(await rang).toEqual({ times: 2 })
  })

  test('an error keeps its code and whether trying again helps', async () => {
    const { client } = connect()
    await expect(client.call('bell.refuse', {})).rejects.toMatchObject({ code: 'disk-full', retryable: true })
  })

  test('an answer that breaks the contract is a bug of the server', async () => {
    const { client, bugs } = connect()
    await expect(client.call('bell.lie', {})).rejects.toMatchObject({ code: 'internal' })
    expect(bugs).toEqual(['bell.lie'])
  })

  test('cancelling reaches the handler', async () => {
    const { client, aborted } = connect()
    await client.call('bell.ring', { times: 1 })
    const controller = new AbortController()
    const call = client.call('bell.wait', {}, { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await client.call('bell.ring', { times: 1 })
    expect(aborted).toEqual(['bell.wait'])
  })

  test('a call that takes too long is given up, here and there', async () => {
    const { client, aborted } = connect()
    await expect(client.call('bell.wait', {}, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'timeout' })
    await client.call('bell.ring', { times: 1 })
    expect(aborted).toEqual(['bell.wait'])
  })

  test('closing rejects what waits, and stops what runs', async () => {
    const { client, server, aborted } = connect()
    await client.call('bell.ring', { times: 1 })
    const call = client.call('bell.wait', {})
    const stopped = new Promise<void>(resolve => server.onClose(resolve))
    client.close()
    await expect(call).rejects.toMatchObject({ code: 'port-closed' })
    await stopped
    expect(aborted).toEqual(['bell.wait'])
    await expect(client.call('bell.ring', { times: 1 })).rejects.toMatchObject({ code: 'port-closed' })
  })
})

describe('a WebSocket that Mallory writes to', () => {
  const open = () => {
    let deliver: (event: { data: unknown }) => void = () => undefined
    const codes: Array<number | undefined> = []
    const socket = {
      binaryType: '',
      readyState: 1,
      send: () => undefined,
      close: (code?: number) => codes.push(code),
      addEventListener(type: string, listener: (event: { data: unknown }) => void) {
        if (type === 'message') deliver = listener
      },
    } as unknown as AnyWebSocket
    const frames: unknown[] = []
    const port = createWebSocketPort(socket)
    port.onFrame(frame => frames.push(frame))
    return { receive: (data: unknown) => deliver({ data }), frames, codes }
  }
  const bytes = (...list: number[]) => new Uint8Array(list).buffer

  test.each([
    ['text', 'hello'],
    ['nothing', bytes()],
    ['half a frame', bytes(0xa1, 0x61)],
    ['two frames in one', bytes(0x01, 0x02)],
    ['an endless length', bytes(0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['a key twice', bytes(0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02)],
    ['a tower of lists', new Uint8Array(100_000).fill(0x81).buffer],
  ])('closes on %s', (_what, data) => {
    const { receive, frames, codes } = open()
    receive(data)
    expect(frames).toEqual([])
    expect(codes).toEqual([1007])
  })

  test('makes an own property of a key called __proto__', () => {
    const { receive, frames } = open()
    receive(new Uint8Array(encode(new Map([['__proto__', { admin: true }]]))).buffer)
    const [frame] = frames as [object]
    expect(Object.getPrototypeOf(frame)).toBe(Object.prototype)
    expect('admin' in frame).toBe(false)
  })
})

describe('channels that Mallory writes to', () => {
  test.each([
    ['what is no channel frame', 'hello'],
    ['a channel of our own numbering', { t: 'open', channel: 1, name: 'engine' }],
  ])('close all at %s', async (_what, frame) => {
    const [port, mallory] = createMemoryPorts()
    const alice = createChannels(port, 1).open('engine')
    mallory.post(frame)
    await closed(alice)
  })

  test('close all when she opens more than anybody needs', async () => {
    const [port, mallory] = createMemoryPorts()
    createChannels(port, 1)
    const gone = closed(mallory)
    for (let i = 0; i < 100; i++) mallory.post({ t: 'open', channel: 2 + 2 * i, name: 'engine' })
    await gone
  })
})
