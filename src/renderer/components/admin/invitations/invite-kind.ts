/** Milliseconds. */
const DAY = 86_400_000

/** How long an invitation may be good for, in milliseconds. */
export const LIFETIMES: readonly number[] = [1, 7, 30, 90].map(days => days * DAY)

export const daysOf = (lifetime: number): number => Math.round(lifetime / DAY)

/** Somebody new, or people whose entry is on the list already. */
export type InviteWhom = 'new' | 'listed'

/** Somebody new, as the form has them. */
export interface InviteDetails {
  readonly name: string
  readonly title: string
  readonly department: string
  readonly email: string
  readonly phone: string
}

export const NOBODY: InviteDetails = { name: '', title: '', department: '', email: '', phone: '' }

/** What both kinds of invitation begin with. */
export interface InviteKind {
  readonly whom: InviteWhom
  setWhom(whom: InviteWhom): void
  /** Milliseconds. */
  readonly lifetime: number
  setLifetime(lifetime: number): void
}
