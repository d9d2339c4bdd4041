import { create } from 'zustand'
import type { ConversationId, PersonId } from '../shared/ids.ts'

export type View = 'chats' | 'people' | 'admin' | 'settings'

/** A part of the administration console. */
export type AdminPage =
  | 'list'
  | 'requests'
  | 'invitations'
  | 'devices'
  | 'groups'
  | 'administrators'
  | 'policies'
  | 'history'

/** A part of the settings. */
export type SettingsPage = 'general' | 'organisation'

export interface Toast {
  readonly id: number
  readonly text: string
}

interface UiState {
  readonly view: View
  readonly adminPage: AdminPage
  readonly settingsPage: SettingsPage
  readonly conversationId: ConversationId | null
  readonly isSwitcherOpen: boolean
  readonly isHelpOpen: boolean
  readonly isInviting: boolean
  /** People on the list, or staged for it, whom the open invitation dialog is for; none: somebody new. */
  readonly invitees: readonly PersonId[]
  /** Whose safety number is shown in a dialog. */
  readonly safetyOf: PersonId | null
  /** A pasted or opened invitation that waits for the joining screen. */
  readonly invitationLink: string
  readonly toasts: readonly Toast[]
}

const initial: UiState = {
  view: 'chats',
  adminPage: 'list',
  settingsPage: 'general',
  conversationId: null,
  isSwitcherOpen: false,
  isHelpOpen: false,
  isInviting: false,
  invitees: [],
  safetyOf: null,
  invitationLink: '',
  toasts: [],
}

/** Toasts on screen at once; an older one makes room. */
const MAX_TOASTS = 3

/** What is open on this screen and nowhere else; nothing of it is kept. */
export const useUi = create<UiState>(() => initial)

export const showView = (view: View) => useUi.setState({ view })
export const showAdminPage = (adminPage: AdminPage) => useUi.setState({ view: 'admin', adminPage })
export const showSettingsPage = (settingsPage: SettingsPage) => useUi.setState({ view: 'settings', settingsPage })
/** Opens the invitation dialog over the console, for people who are on the list or staged for it. */
export const invitePeople = (invitees: readonly PersonId[] = []) =>
  useUi.setState({ view: 'admin', isInviting: true, invitees })
export const showConversation = (conversationId: ConversationId | null) =>
  useUi.setState({ view: 'chats', conversationId })
/** Locking closes whatever was open. */
export const resetUi = () => useUi.setState(initial)

let lastToast = 0
export const showToast = (text: string) => {
  const id = ++lastToast
  useUi.setState(({ toasts }) => ({ toasts: [...toasts, { id, text }].slice(-MAX_TOASTS) }))
}
export const closeToast = (id: number) =>
  useUi.setState(({ toasts }) => ({ toasts: toasts.filter(toast => toast.id !== id) }))
