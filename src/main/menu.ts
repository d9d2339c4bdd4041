import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * macOS needs a menu for its editing keys. Elsewhere the bar is hidden and the menu holds the keys for zooming; keys of
 * the product itself belong to the page.
 */
export const setMenu = (platform: NodeJS.Platform, isPackaged: boolean): void => {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ]
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    ...(platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
