/** What the journey is told of, over the stand-in's IPC channel. */
export type Report =
  | { what: 'notification'; id: number; title: string; body: string }
  | { what: 'notification-closed'; id: number }
  | { what: 'dialog'; title: string; text: string }
  | { what: 'opened-externally'; url: string }
  | { what: 'window'; state: 'shown' | 'hidden' | 'closed' }
  | { what: 'badge'; count: number }
  | { what: 'asked-for-lock' }
  | { what: 'tray' }

/** What the journey can make happen from outside. */
export type Deed =
  | { do: 'second-instance'; args: string[] }
  | { do: 'close-window' }
  | { do: 'click-notification'; id: number }
  | { do: 'focus' | 'blur' }

export const report = (told: Report): void => {
  process.send?.(told)
}

export const onDeed = (listener: (deed: Deed) => void): void => {
  process.on('message', deed => listener(deed as Deed))
}
