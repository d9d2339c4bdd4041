import * as z from 'zod/mini'
import { conversationId, deviceId, invitationId, messageId, messageOrder, personId } from '../ids.ts'
import {
  MAX_INVITATION_CHARACTERS,
  MAX_INVITATION_LIFETIME,
  MAX_MESSAGE_BYTES,
  MAX_MESSAGE_PAGE,
  MAX_PASSPHRASE_CHARACTERS,
} from '../limits.ts'
import type { RpcClient } from '../rpc/client.ts'
import {
  type CallInput,
  type CallName,
  type CallOutput,
  defineContract,
  type EventName,
  type EventPayload,
} from '../rpc/contract.ts'
import { administrationCalls } from './administration.ts'
import { count, detail, fingerprintWords, message, personName, status, time } from './entities.ts'
import { feedCursor, feedPage } from './feed.ts'

const nothing = z.strictObject({})
const passphrase = z.string().check(z.maxLength(MAX_PASSPHRASE_CHARACTERS))
const invitationLink = z.string().check(z.maxLength(MAX_INVITATION_CHARACTERS))
const personDetails = { name: personName, title: detail, department: detail, email: detail, phone: detail }

/** Key derivation from a passphrase takes its time on a slow PC. */
const SLOW_CALL = 60_000

/** What the engine does for its clients: the renderer, and the shell (for notifications). */
export const engineContract = defineContract({
  name: 'engine',
  version: 1,
  calls: {
    'status.get': { input: nothing, output: status },

    /** Makes the profile of an empty folder, and opens it. Without a passphrase the OS keychain must be there. */
    'profile.create': {
      input: z.strictObject({ passphrase: z.nullable(passphrase) }),
      output: nothing,
      timeoutMs: SLOW_CALL,
    },
    'profile.unlock': { input: z.strictObject({ passphrase }), output: nothing, timeoutMs: SLOW_CALL },
    'profile.lock': { input: nothing, output: nothing },
    /**
     * Moves the profile of a removed device into a folder of its own: an empty one is left, to join with a new invitation.
     * The passphrase seals it where the keychain had its key, which keeps only one.
     */
    'profile.setAside': {
      input: z.strictObject({ passphrase: z.nullable(passphrase) }),
      output: z.strictObject({ folder: z.string() }),
      timeoutMs: SLOW_CALL,
    },
    /** 32 bytes, for the renderer's cache; held in memory only. */
    'profile.cacheKey': { input: nothing, output: z.strictObject({ key: z.instanceof(Uint8Array) }) },

    /** Starts an organisation with this person as its administrator; `recoveryPending` from then on. */
    'organisation.found': {
      input: z.strictObject({ organisation: personName, name: personName, title: detail, passphrase }),
      output: nothing,
      timeoutMs: SLOW_CALL,
    },
    /**
     * The root key in words, for the recovery sheet. The profile keeps it until the sheet is confirmed, and then nobody
     * but the sheet has it: `recovery-not-held`.
     */
    'recovery.words': {
      input: nothing,
      output: z.strictObject({ words: z.array(z.string().check(z.maxLength(16))).check(z.length(24)) }),
    },
    /** The sheet is stored: overwrites and deletes the root key. Once more does nothing. */
    'recovery.confirm': { input: nothing, output: nothing },
    /** Unlocks the signing key for 15 minutes. */
    'admin.unlock': { input: z.strictObject({ passphrase }), output: nothing, timeoutMs: SLOW_CALL },
    'admin.lock': { input: nothing, output: nothing },
    'invitation.create': {
      input: z.strictObject({
        ...personDetails,
        /** Milliseconds from now. */
        lifetime: z.int().check(z.minimum(60_000), z.maximum(MAX_INVITATION_LIFETIME)),
      }),
      output: z.strictObject({ id: invitationId, link: invitationLink, expiresAt: time }),
    },
    'invitation.withdraw': { input: z.strictObject({ id: invitationId }), output: nothing },
    /**
     * Signs a new list with the device on it. Needs `admin.unlock` first, else `admin-locked`. The caller says what was
     * on screen: a device may ask again with another invitation between the look and the click, `request-changed`.
     */
    'request.approve': {
      input: z.strictObject({ id: deviceId, invitationId, words: fingerprintWords }),
      output: nothing,
    },
    'request.decline': { input: z.strictObject({ id: deviceId }), output: nothing },

    ...administrationCalls,

    /** Reads an invitation without using it. */
    'join.preview': {
      input: z.strictObject({ link: invitationLink }),
      output: z.strictObject({
        organisation: personName,
        name: personName,
        title: detail,
        department: detail,
        expiresAt: time,
      }),
    },
    'join.start': { input: z.strictObject({ link: invitationLink, deviceName: personName }), output: nothing },
    'join.cancel': { input: nothing, output: nothing },

    'conversation.open': { input: z.strictObject({ personId }), output: z.strictObject({ id: conversationId }) },
    'conversation.markRead': { input: z.strictObject({ id: conversationId, upTo: messageOrder }), output: nothing },
    /** The id comes from the caller, so that the message can be on screen before it is stored; the same id again is the same message. */
    'message.send': {
      input: z.strictObject({ id: messageId, conversationId, text: z.string().check(z.maxLength(MAX_MESSAGE_BYTES)) }),
      output: z.strictObject({ message }),
    },
    /** Takes back a message that no other device has yet. */
    'message.cancel': { input: z.strictObject({ id: messageId }), output: nothing },
    /** Newest first, strictly before `before` (null: from the newest on). */
    'message.page': {
      input: z.strictObject({
        conversationId,
        before: z.nullable(messageOrder),
        limit: z.int().check(z.minimum(1), z.maximum(MAX_MESSAGE_PAGE)),
      }),
      output: z.strictObject({ messages: z.array(message), more: z.boolean() }),
    },

    /** 60 digits in 12 groups, the same on both sides, and only there. */
    'person.safetyNumber': {
      input: z.strictObject({ personId }),
      output: z.strictObject({ digits: z.array(z.string().check(z.regex(/^\d{5}$/))).check(z.length(12)) }),
    },

    'feed.pull': { input: z.strictObject({ after: z.nullable(feedCursor) }), output: feedPage },
    /** After sleep or a network change: look for everybody again at once. */
    'network.refresh': { input: nothing, output: nothing },
  },
  events: {
    'status.changed': status,
    /** There is something to pull beyond this sequence number. */
    'feed.advanced': feedCursor,
    /** For notifications: somebody else's message was stored for the first time. */
    'message.received': z.strictObject({ message, authorName: personName }),
    /**
     * The same for administrators: somebody asks to be let in, or a change wants this person's signature. Once each, and
     * only what comes while the profile is open.
     */
    'administrator.asked': z.strictObject({
      for: z.enum(['admission', 'signature']),
      /** Who asks: the newcomer, or who proposes the change; of several one. */
      name: personName,
      news: count,
      /** With those that were there before. */
      waiting: count,
    }),
  },
})

export type EngineContract = typeof engineContract
export type AdministrationCall = keyof typeof administrationCalls
export type EngineClient = RpcClient<EngineContract>
export type EngineCall = CallName<EngineContract>
export type EngineInput<K extends EngineCall> = CallInput<EngineContract, K>
export type EngineOutput<K extends EngineCall> = CallOutput<EngineContract, K>
export type EngineEvent<K extends EventName<EngineContract>> = EventPayload<EngineContract, K>
