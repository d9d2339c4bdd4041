import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { News, Order, Setup } from './engine-process.ts'

/** Milliseconds after which something that never comes is reported. */
const GIVE_UP_AFTER = 60_000

type Kind = News['is']
type NewsOf<K extends Kind> = Extract<News, { is: K }>

/** A person whose engine is killed without warning, and who starts it again. */
export interface Mortal {
  readonly name: string
  live(): void
  /** SIGKILL; resolves when the process has gone. */
  kill(): Promise<void>
  order(order: Order): void
  /** The next news of this kind in the present life; the last one where it has come already. */
  hear<K extends Kind>(kind: K, fresh?: 'fresh'): Promise<NewsOf<K>>
  /** Ends the present life as a shell would. */
  leave(): Promise<void>
}

/** `compileCache`: a folder in which Node keeps compiled modules, so that a life begins in half the time. */
export const createMortal = (setup: Setup, compileCache: string): Mortal => {
  let child: ChildProcess | undefined
  let heard = new Map<Kind, News>()
  const listeners = new Set<(news: News) => void>()
  const failures = new Set<(error: Error) => void>()
  const fail = (error: Error) => {
    for (const reject of [...failures]) reject(error)
  }

  const gone = (process: ChildProcess) =>
    new Promise<void>(resolve => {
      if (process.exitCode !== null || process.signalCode !== null) resolve()
      else process.once('exit', () => resolve())
    })

  const end = async (how: (process: ChildProcess) => void) => {
    const ending = child
    child = undefined
    if (ending === undefined) return
    how(ending)
    await gone(ending)
  }

  return {
    name: setup.name,
    live() {
      heard = new Map()
      const life = fork(fileURLToPath(new URL('engine-process.ts', import.meta.url)), [JSON.stringify(setup)], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        serialization: 'advanced',
        execArgv: [],
        env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      })
      child = life
      life.once('exit', code => {
        if (child === life) fail(new Error(`${setup.name}'s engine ended by itself with ${code}`))
      })
      life.on('message', (news: News) => {
        if (child !== life) return
        heard.set(news.is, news)
        for (const listener of [...listeners]) listener(news)
      })
    },
    kill: () => end(process => process.kill('SIGKILL')),
    leave: () => end(process => process.disconnect()),
    order(order) {
      if (child?.connected) child.send(order)
    },
    hear<K extends Kind>(kind: K, fresh?: 'fresh') {
      return new Promise<NewsOf<K>>((resolve, reject) => {
        const known = heard.get(kind)
        if (known !== undefined && fresh === undefined) return resolve(known as NewsOf<K>)
        const end = () => {
          clearTimeout(timer)
          listeners.delete(listener)
          failures.delete(give)
        }
        const give = (error: Error) => {
          end()
          reject(error)
        }
        const listener = (news: News) => {
          if (news.is !== kind) return
          end()
          resolve(news as NewsOf<K>)
        }
        const timer = setTimeout(() => give(new Error(`${setup.name} waits in vain for ${kind}`)), GIVE_UP_AFTER)
        listeners.add(listener)
        failures.add(give)
      })
    },
  }
}
