import { expect, test } from 'vitest'
import { createRestartBudget } from '../../../src/main/bounded-restart.ts'
import type { RunningEngine } from '../../../src/main/engine-process.ts'
import { superviseEngine } from '../../../src/main/engine-supervisor.ts'
import { createMemoryPorts } from '../../../src/shared/rpc/memory-port.ts'
import type { Port } from '../../../src/shared/rpc/port.ts'
import { closed } from '../../helpers/port-compliance.ts'

/** An engine that says its number to whoever connects, and ends when it is told to. */
const createEngines = () => {
  const engines: Array<{ engine: RunningEngine; end(): void; stopped: boolean }> = []
  const start = (): Promise<RunningEngine> => {
    const number = engines.length + 1
    const ports: Port[] = []
    let told: () => void = () => undefined
    const engine: RunningEngine = {
      connect() {
        const [clientEnd, engineEnd] = createMemoryPorts()
        ports.push(engineEnd)
        engineEnd.post(`engine ${number}`)
        return clientEnd
      },
      stop() {
        entry.stopped = true
        return Promise.resolve()
      },
      onEnd(listener) {
        told = listener
      },
    }
    const entry = {
      engine,
      stopped: false,
      end() {
        for (const port of ports) port.close()
        told()
      },
    }
    engines.push(entry)
    return Promise.resolve(engine)
  }
  return { engines, start }
}

const greeting = (serve: (port: Port) => void): { heard: Promise<unknown>; port: Port } => {
  const [page, port] = createMemoryPorts()
  const heard = new Promise(resolve => page.onFrame(resolve))
  serve(port)
  return { heard, port: page }
}

test('a page that asks before the engine runs is served when it does', async () => {
  const { start } = createEngines()
  const supervisor = superviseEngine({
    start,
    mayRestart: () => true,
    onStarted: () => undefined,
    onGaveUp: () => undefined,
  })
  expect(await greeting(supervisor.serve).heard).toBe('engine 1')
})

test('an engine that ends closes its pages, and is followed by another one', async () => {
  const { start, engines } = createEngines()
  const supervisor = superviseEngine({
    start,
    mayRestart: () => true,
    onStarted: () => undefined,
    onGaveUp: () => undefined,
  })
  const first = greeting(supervisor.serve)
  await first.heard
  const gone = closed(first.port)
  engines[0]?.end()
  await gone
  expect(await greeting(supervisor.serve).heard).toBe('engine 2')
})

test('an engine that ends again and again is given up, and the pages are told', async () => {
  const { start, engines } = createEngines()
  let now = 0
  const gaveUp = Promise.withResolvers<unknown>()
  const supervisor = superviseEngine({
    start,
    mayRestart: createRestartBudget(() => now),
    onStarted: () => engines.at(-1)?.end(),
    onGaveUp: gaveUp.resolve,
  })
  expect(await gaveUp.promise).toBeInstanceOf(Error)
  expect(engines).toHaveLength(4)
  const [page, port] = createMemoryPorts()
  supervisor.serve(port)
  await closed(page)
  now += 1
})

test('an engine that cannot start is given up at once', async () => {
  const gaveUp = Promise.withResolvers<unknown>()
  superviseEngine({
    start: () => Promise.reject(new Error('the disk is gone')),
    mayRestart: () => true,
    onStarted: () => undefined,
    onGaveUp: gaveUp.resolve,
  })
  expect(String(await gaveUp.promise)).toContain('the disk is gone')
})

test('stopping while it starts stops what has started', async () => {
  const { start, engines } = createEngines()
  const supervisor = superviseEngine({
    start,
    mayRestart: () => true,
    onStarted: () => undefined,
    onGaveUp: () => undefined,
  })
  await supervisor.stop()
  expect(engines.map(({ stopped }) => stopped)).toEqual([true])
})

test('the budget forgets what is long ago', () => {
  let now = 0
  const mayRestart = createRestartBudget(() => now)
  expect([mayRestart(), mayRestart(), mayRestart(), mayRestart()]).toEqual([true, true, true, false])
  now += 5 * 60_000
  expect(mayRestart()).toBe(true)
})
