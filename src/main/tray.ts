import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'

export interface TrayParts {
  /** The folder of the tray images. */
  images: string
  platform: NodeJS.Platform
  show(): void
  quit(): void
}

/** Keeps Lanyard in reach while its window is closed. Undefined where the system has no place for it. */
export const createTray = ({ images, platform, show, quit }: TrayParts): Tray | undefined => {
  const image = nativeImage.createFromPath(join(images, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'))
  if (image.isEmpty()) return undefined
  try {
    const tray = new Tray(image)
    tray.setToolTip('Lanyard')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Lanyard', click: show },
        { type: 'separator' },
        { label: 'Quit', click: quit },
      ]),
    )
    tray.on('click', show)
    return tray
  } catch {
    return undefined // no tray in this desktop: closing the window then ends Lanyard
  }
}
