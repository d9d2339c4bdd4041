import * as z from 'zod/mini'
import { conversationId } from '../ids.ts'
import { MAX_INVITATION_CHARACTERS, MAX_NAME_CHARACTERS } from '../limits.ts'
import type { RpcClient } from '../rpc/client.ts'
import { defineContract } from '../rpc/contract.ts'

const nothing = z.strictObject({})

/** What may be opened outside: any other protocol could start a program. */
const link = z.url({ protocol: /^(?:https|mailto)$/ }).check(z.maxLength(2_000))

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** What a notification shows. */
  notifications: z.enum(['full', 'name', 'none']),
  /** Whether closing the window leaves Lanyard running, so that messages still arrive. */
  closeToTray: z.boolean(),
})
export type Settings = z.infer<typeof settings>

export const hostInfo = z.strictObject({
  shell: z.enum(['electron', 'browser']),
  platform: z.enum(['win32', 'darwin', 'linux']),
  /** A name for this PC, offered as the device's name. */
  deviceName: z.string().check(z.maxLength(MAX_NAME_CHARACTERS)),
  version: z.string(),
  /** What this shell can do; the UI hides what is missing. */
  can: z.strictObject({ closeToTray: z.boolean(), notify: z.boolean(), quit: z.boolean() }),
})
export type HostInfo = z.infer<typeof hostInfo>

/** The pages of the console that show what waits for an administrator: the list's shows all of it. */
const waitingPage = z.enum(['list', 'requests'])
export type WaitingPage = z.infer<typeof waitingPage>

/** Systems of the Unix kind that are not named behave like Linux. */
export const knownPlatform = (platform: string): HostInfo['platform'] =>
  platform === 'win32' || platform === 'darwin' ? platform : 'linux'

/** What the shell around the renderer does for it. */
export const hostContract = defineContract({
  name: 'host',
  version: 1,
  calls: {
    'host.info': { input: nothing, output: hostInfo },
    'settings.get': { input: nothing, output: settings },
    'settings.change': { input: z.partial(settings), output: settings },
    /** Opens an https or mailto link outside, after the person has agreed in the renderer. */
    'link.open': { input: z.strictObject({ url: link }), output: nothing },
    /** Which conversation is on screen: no notification for it while the window has focus. Null for none. */
    'conversation.shown': { input: z.strictObject({ id: z.nullable(conversationId) }), output: nothing },
    /** The same for what waits for an administrator. */
    'waiting.shown': { input: z.strictObject({ page: z.nullable(waitingPage) }), output: nothing },
    /** Conversations with unread messages, for the taskbar badge. */
    'badge.show': { input: z.strictObject({ count: z.int().check(z.minimum(0)) }), output: nothing },
    'app.quit': { input: nothing, output: nothing },
  },
  events: {
    'settings.changed': settings,
    /** A notification was clicked. */
    'conversation.requested': z.strictObject({ id: conversationId }),
    'waiting.requested': z.strictObject({ page: waitingPage }),
    /** A `lanyard:` link was opened outside. */
    'invitation.opened': z.strictObject({ link: z.string().check(z.maxLength(MAX_INVITATION_CHARACTERS)) }),
  },
})

export type HostContract = typeof hostContract
export type HostClient = RpcClient<HostContract>
