import { join } from 'node:path'
import { app } from 'electron'
import { type DesktopApp, startApp } from './app.ts'
import { linkAmong } from './invitation-links.ts'
import { readOptions } from './options.ts'
import { declareScheme } from './page-protocol.ts'

const options = readOptions(process.platform, process.env, app.isPackaged)
// Chromium's own files stand apart from the profile, which other shells use too.
app.setPath('userData', join(options.profile, 'electron'))

const root = app.getAppPath()
const places = { out: join(root, 'out'), resources: join(root, 'resources') }

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

if (app.requestSingleInstanceLock()) {
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
} else {
  // The first instance has been told and shows its window.
  app.quit()
}
