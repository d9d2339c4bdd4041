import type { Port } from '../shared/rpc/port.ts'
import type { RunningEngine } from './engine-process.ts'
import { joinPorts } from './join-ports.ts'

export interface SupervisorParts {
  start(): Promise<RunningEngine>
  /** Whether an unexpected end is worth another start. */
  mayRestart(): boolean
  /** The engine runs (again): clients of the shell itself connect anew. */
  onStarted(engine: RunningEngine): void
  /** The first start failed, or it ended too often. Nothing starts after this. */
  onGaveUp(error: unknown): void
}

export interface EngineSupervisor {
  /** Joins a page's port to the engine, now or as soon as it runs. */
  serve(port: Port): void
  stop(): Promise<void>
}

/** Keeps one engine running. When it ends, the ports of its clients close; they ask for new ones. */
export const superviseEngine = ({ start, mayRestart, onStarted, onGaveUp }: SupervisorParts): EngineSupervisor => {
  let running: RunningEngine | undefined
  let stopped = false
  let waiting: Port[] = []

  const giveUp = (error: unknown) => {
    stopped = true
    for (const port of waiting.splice(0)) port.close()
    onGaveUp(error)
  }

  const begin = async (): Promise<void> => {
    const engine = await start()
    if (stopped) return engine.stop()
    running = engine
    engine.onEnd(() => {
      running = undefined
      if (stopped) return
      if (mayRestart()) starting = begin().catch(giveUp)
      else giveUp(new Error('The engine ended again and again'))
    })
    onStarted(engine)
    for (const port of waiting) joinPorts(port, engine.connect())
    waiting = []
  }

  let starting: Promise<void> = begin().catch(giveUp)

  return {
    serve(port) {
      if (running !== undefined) joinPorts(port, running.connect())
      else if (stopped) port.close()
      else waiting.push(port)
    },
    async stop() {
      stopped = true
      await starting
      await running?.stop()
    },
  }
}
