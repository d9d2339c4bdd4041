import * as z from 'zod/mini'
import type { RpcClient } from '../rpc/client.ts'
import { defineContract } from '../rpc/contract.ts'

const nothing = z.strictObject({})
const profileKey = z.instanceof(Uint8Array).check(z.refine(key => key.length === 32, 'must be 32 bytes'))

/** What the desktop shell does for the engine: keep the profile key in the OS keychain. */
export const keychainContract = defineContract({
  name: 'keychain',
  version: 1,
  calls: {
    /** False where the OS offers no real protection (Linux without a keyring: `basic_text`). */
    'keychain.status': { input: nothing, output: z.strictObject({ available: z.boolean() }) },
    'keychain.load': { input: nothing, output: z.strictObject({ key: z.nullable(profileKey) }) },
    'keychain.store': { input: z.strictObject({ key: profileKey }), output: nothing },
    'keychain.forget': { input: nothing, output: nothing },
  },
  events: {},
})

export type KeychainContract = typeof keychainContract
export type KeychainClient = RpcClient<KeychainContract>
