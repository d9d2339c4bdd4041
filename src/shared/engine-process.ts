import * as z from 'zod/mini'

/**
 * How a shell and an engine in a process of its own begin. They share one wire (`rpc/process-port.ts`) cut into named
 * channels (`rpc/channels.ts`, the shell is side 1, the engine side 2). The shell opens:
 *
 * - `start`, and posts one `EngineStart` on it; the engine answers on it with one `EngineStarted`, and ends by itself
 *   when this channel or the wire closes;
 * - `keychain`, before `start`, only where it has an OS keychain: the shell is the server of `keychainContract` there;
 * - `engine`, as often as there are clients: the engine is the server of `engineContract` on each.
 */
export const engineStart = z.strictObject({
  /** The profile's folder, absolute. */
  folder: z.string().check(z.minLength(1), z.maxLength(4_096)),
  hasKeychain: z.boolean(),
  /** Development only: the profile key lies unprotected beside the data, and the UI says so. */
  unprotected: z.boolean(),
  /** False: nothing is listened on, dialled or announced. */
  isOnline: z.boolean(),
  discovery: z.enum(['lan', 'loopback', 'off']),
  /** UDP port of loopback discovery, so that groups of engines on one machine keep apart; null: the usual one. */
  discoveryPort: z.nullable(z.int().check(z.minimum(1_024), z.maximum(65_535))),
})
export type EngineStart = z.infer<typeof engineStart>

export const engineStarted = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), code: z.string(), message: z.string().check(z.maxLength(2_000)) }),
])
export type EngineStarted = z.infer<typeof engineStarted>

export const START_CHANNEL = 'start'
export const KEYCHAIN_CHANNEL = 'keychain'
export const ENGINE_CHANNEL = 'engine'
