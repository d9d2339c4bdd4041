import type { EngineClient } from '../shared/contract/engine.ts'
import type { Settings, WaitingPage } from '../shared/contract/host.ts'
import { type Asked, askedWords, type Shown } from './notification-words.ts'
import type { OneNotification } from './notifications.ts'

/** Milliseconds after a notification in which more of its kind is gathered for the next: many may ask at once. */
const GATHERED_FOR = 60_000

const PAGE_OF: Readonly<Record<Asked['for'], WaitingPage>> = { admission: 'requests', signature: 'list' }

export interface AskedNotificationParts {
  create(words: Shown): OneNotification
  settings(): Settings
  /** The page that the person is looking at, of those that show what waits. */
  lookedAt(): WaitingPage | null
  open(page: WaitingPage): void
}

export interface AskedNotifications {
  /** Follows one engine; called again for the next one after a restart. */
  follow(engine: EngineClient): void
  /** The person may have come before a page that shows what waits: what was shown about that is gone. */
  look(): void
}

/** One notification of a kind, which goes once it is clicked or its page is looked at. */
const createKind = (purpose: Asked['for'], { create, settings, lookedAt, open }: AskedNotificationParts) => {
  const page = PAGE_OF[purpose]
  /** The last one who asked. */
  let name = ''
  /** Not looked at. */
  let count = 0
  let isMore = false
  let shown: OneNotification | undefined
  let gathering: NodeJS.Timeout | undefined

  const clear = () => {
    const closing = shown
    shown = undefined
    count = 0
    isMore = false
    closing?.close()
  }
  const isLookedAt = () => lookedAt() === page || lookedAt() === 'list'

  const show = () => {
    isMore = false
    const replaced = shown
    const notification = create(askedWords({ for: purpose, name }, count, settings()))
    shown = notification
    replaced?.close()
    notification.on('click', () => {
      clear()
      open(page)
    })
    notification.on('close', () => {
      // a replaced one closes too; what was put away has been seen, what is gathered since has not
      if (shown !== notification) return
      shown = undefined
      if (!isMore) count = 0
    })
    notification.show()
    gathering = setTimeout(() => {
      gathering = undefined
      if (isMore) show()
    }, GATHERED_FOR)
    gathering.unref()
  }

  return {
    tell(asked: Asked): void {
      if (isLookedAt()) return
      name = asked.name
      count = Math.min(count + asked.news, asked.waiting) // others may have answered some
      isMore = count > 0
      if (isMore && gathering === undefined) show()
    },
    look(): void {
      if (isLookedAt()) clear()
    },
    clear,
  }
}

/** What an administrator is asked for, where they are elsewhere. Floods of it make one notification a minute and kind. */
export const createAskedNotifications = (parts: AskedNotificationParts): AskedNotifications => {
  const kinds = { admission: createKind('admission', parts), signature: createKind('signature', parts) }
  return {
    follow(engine) {
      engine.on('administrator.asked', asked => kinds[asked.for].tell(asked))
      engine.on('status.changed', ({ profile, organisation }) => {
        if (profile.state === 'open' && organisation?.isAdmin === true) return
        for (const kind of Object.values(kinds)) kind.clear() // locked: nothing about anybody is shown
      })
    },
    look() {
      for (const kind of Object.values(kinds)) kind.look()
    },
  }
}
