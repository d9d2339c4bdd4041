import { join } from 'node:path'
import { app } from 'electron'
import { type DesktopApp, startApp } from './app.ts'
import { linkAmong } from './invitation-links.ts'
import { APP_FOLDER } from './keychain.ts'
import type { Options } from './options.ts'
import { declareScheme } from './page-protocol.ts'
import type { Places } from './places.ts'

/** Opens the window, or has the first instance show its own. Before Electron is ready. */
export const openDesktop = (options: Options, places: Places): void => {
  // Chromium's own files stand apart from the profile, which other shells use too.
  app.setPath('userData', join(options.profile, APP_FOLDER))

  /** A link that came before there is an app to open it. */
  let early = linkAmong(process.argv)
  let desktop: DesktopApp | undefined

  const openInvitation = (link: string) => {
    if (desktop === undefined) early = link
    else {
      desktop.show()
      desktop.openInvitation(link)
    }
  }

  if (!app.requestSingleInstanceLock()) {
    // The first instance has been told and shows its window.
    app.quit()
    return
  }
  declareScheme()
  app.on('second-instance', (_event, args) => {
    const link = linkAmong(args)
    if (link === undefined) desktop?.show()
    else openInvitation(link)
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openInvitation(link)
  })
  if (app.isPackaged) app.setAsDefaultProtocolClient('lanyard')
  app.whenReady().then(() => {
    desktop = startApp(options, places)
    if (early !== undefined) openInvitation(early)
  })
}
