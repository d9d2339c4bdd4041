import type { Session, WebContents } from 'electron'
import { isOwnPage } from './address.ts'

/** Copying a link or a safety number; nothing else is ever allowed. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** Electron approves whatever it is asked unless both handlers say no. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === ALLOWED_PERMISSION && isOwnPage(contents.getURL())),
  )
  session.setPermissionCheckHandler(
    (contents, permission) => permission === ALLOWED_PERMISSION && isOwnPage(contents?.getURL()),
  )
  session.setDevicePermissionHandler(() => false)
}

/** The window shows our page and nothing else, for as long as it lives. */
export const confine = (contents: WebContents): void => {
  const stop = (event: { preventDefault(): void }) => event.preventDefault()
  contents.on('will-navigate', stop)
  contents.on('will-redirect', stop)
  contents.on('will-attach-webview', stop)
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
