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
  /** The page shown holds something entered that leaving it would throw away. */
  readonly isPageChanged: boolean
  /** Where somebody wants to go from such a page, while they are asked. */
  readonly leaving: Place | null
}

/** What going somewhere sets. */
type Place = Partial<UiState> & Pick<UiState, 'view'>

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
  isPageChanged: false,
  leaving: null,
}

/** Toasts on screen at once; an older one makes room. */
const MAX_TOASTS = 3

/** What is open on this screen and nowhere else; nothing of it is kept. */
export const useUi = create<UiState>(() => initial)

/** Every way to another page: asks first where something would be lost, see `DiscardPage.tsx`. */
const go = (place: Place) =>
  useUi.setState(({ isPageChanged, view, adminPage }) => {
    const isLeaving = place.view !== view || (place.adminPage !== undefined && place.adminPage !== adminPage)
    return isPageChanged && isLeaving ? { leaving: place } : place
  })

export const showView = (view: View) => go({ view })
export const showAdminPage = (adminPage: AdminPage) => go({ view: 'admin', adminPage })
export const showSettingsPage = (settingsPage: SettingsPage) => go({ view: 'settings', settingsPage })
/** Opens the invitation dialog over the console, for people who are on the list or staged for it. */
export const invitePeople = (invitees: readonly PersonId[] = []) => go({ view: 'admin', isInviting: true, invitees })
export const showConversation = (conversationId: ConversationId | null) => go({ view: 'chats', conversationId })

export const stayOnPage = () => useUi.setState({ leaving: null })
export const leavePage = () => useUi.setState(({ leaving }) => ({ ...leaving, leaving: null, isPageChanged: false }))

/** Locking closes whatever was open. */
export const resetUi = () => useUi.setState(initial)

let lastToast = 0
export const showToast = (text: string) => {
  const id = ++lastToast
  useUi.setState(({ toasts }) => ({ toasts: [...toasts, { id, text }].slice(-MAX_TOASTS) }))
}
export const closeToast = (id: number) =>
  useUi.setState(({ toasts }) => ({ toasts: toasts.filter(toast => toast.id !== id) }))
