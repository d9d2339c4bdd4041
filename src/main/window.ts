import { BrowserWindow, type Rectangle, screen } from 'electron'
import { PAGE_ADDRESS } from './address.ts'
import { confine } from './security.ts'
import type { SettingsFile, WindowState } from './settings.ts'

/** The smallest size in which nothing is cut off, and what a first start gets. */
const MIN_WIDTH = 640
const MIN_HEIGHT = 480
const FIRST_SIZE = { width: 1280, height: 800 }

/** Shown until the page paints, so that no white flashes up at night. `--surface-canvas` of tokens.css. */
const BACKGROUND = { light: '#fefdfb', dark: '#211f1c' }

/** A window on a screen that was unplugged would be lost: at least its top left corner must be on one. */
const isVisible = ({ x, y }: WindowState): boolean =>
  screen.getAllDisplays().some(({ workArea: area }: { workArea: Rectangle }) => {
    return x >= area.x - 8 && y >= area.y - 8 && x < area.x + area.width - 100 && y < area.y + area.height - 100
  })

export interface WindowParts {
  file: SettingsFile
  preload: string
  icon: string
  isDark: boolean
  isPackaged: boolean
}

export const createWindow = ({ file, preload, icon, isDark, isPackaged }: WindowParts): BrowserWindow => {
  const kept = file.window()
  const state = kept !== undefined && isVisible(kept) ? kept : undefined
  const window = new BrowserWindow({
    ...(state === undefined ? FIRST_SIZE : { x: state.x, y: state.y, width: state.width, height: state.height }),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Lanyard',
    icon,
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !isPackaged,
    },
  })
  confine(window.webContents)
  if (state?.isMaximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())

  const keep = () => {
    if (window.isDestroyed() || window.isMinimized()) return
    file.keepWindow({ ...window.getNormalBounds(), isMaximized: window.isMaximized() })
  }
  window.on('close', keep)
  window.on('hide', keep)
  return window
}

export const loadPage = (window: BrowserWindow): Promise<void> => window.loadURL(PAGE_ADDRESS)

/** Brings the window before the person, from wherever it is. */
export const showWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
