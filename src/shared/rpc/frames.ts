import * as z from 'zod/mini'
import { errorCode } from '../errors.ts'

const callId = z.int().check(z.minimum(1))
const name = z.string().check(z.maxLength(64))

const helloFrame = z.strictObject({ t: z.literal('hello'), contract: name, version: z.int() })
const callFrame = z.strictObject({ t: z.literal('call'), id: callId, name, input: z.unknown() })
const cancelFrame = z.strictObject({ t: z.literal('cancel'), id: callId })
const okFrame = z.strictObject({ t: z.literal('ok'), id: callId, output: z.unknown() })
const errorFrame = z.strictObject({
  t: z.literal('error'),
  id: callId,
  error: z.strictObject({ code: errorCode, message: z.string().check(z.maxLength(2_000)), retryable: z.boolean() }),
})
const eventFrame = z.strictObject({ t: z.literal('event'), name, payload: z.unknown() })

/** What a client may post. */
export const clientFrame = z.discriminatedUnion('t', [helloFrame, callFrame, cancelFrame])
export type ClientFrame = z.infer<typeof clientFrame>

/** What a server may post. */
export const serverFrame = z.discriminatedUnion('t', [helloFrame, okFrame, errorFrame, eventFrame])
export type ServerFrame = z.infer<typeof serverFrame>
