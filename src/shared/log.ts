/** The log of one process: a JSON line an event. Never holds what people write, nor a secret. */
export interface Log {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LEVELS)[number]

/** Fields that may hold content or secrets, wherever in the details they stand. */
const REMOVED = new Set(['text', 'passphrase', 'key', 'secret', 'link', 'token', 'seed', 'words', 'session'])

/** Levels of nesting: details are flat, anything deeper got there by mistake. */
const MAX_DEPTH = 4
/** Characters of one value; a stack fits. */
const MAX_VALUE = 4_000

const describe = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return value.slice(0, MAX_VALUE)
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '[deep]'
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Error) {
    const { name, message, stack, cause } = value
    const code = 'code' in value ? value.code : undefined
    return describe({ name, message, code, stack, cause }, depth)
  }
  if (Array.isArray(value)) return value.map(item => describe(item, depth - 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, REMOVED.has(name) ? '[removed]' : describe(field, depth - 1)]),
  )
}

export interface LogInit {
  /** The lowest level that is written; anything that is no level counts as `info`. */
  level: string | undefined
  now: () => number
  /** Takes one line, without its end. What it throws is counted and told with the next line that can be written. */
  write(line: string): void
}

export const createLog = ({ level, now, write }: LogInit): Log => {
  const wanted = (LEVELS as readonly string[]).indexOf(level ?? 'info')
  const lowest = wanted === -1 ? LEVELS.indexOf('info') : wanted
  let lost = 0
  const at = (name: LogLevel) => (details: object, message: string) => {
    if (LEVELS.indexOf(name) < lowest) return
    const counted = lost === 0 ? {} : { lost }
    const line = JSON.stringify({
      time: now(),
      level: name,
      message,
      ...counted,
      ...(describe(details, MAX_DEPTH) as object),
    })
    try {
      write(line)
      lost = 0
    } catch {
      lost += 1 // a full disk must not end what the log is about
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
