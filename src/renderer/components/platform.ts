/** Whether the Command key stands in for Ctrl. Known from the page alone, before any shell has answered. */
export const isMac = navigator.platform.startsWith('Mac')

/** Ctrl, or Command on macOS. */
export const hasCommand = ({ ctrlKey, metaKey }: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey
