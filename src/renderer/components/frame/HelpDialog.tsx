import { type MessageKey, t } from '../../locales/i18n.ts'
import { useUi } from '../../ui-state.ts'
import { Dialog } from '../Dialog.tsx'
import { isMac } from '../platform.ts'
import styles from './HelpDialog.module.css'

/** Keys as they are printed on a PC's keyboard; on macOS Ctrl is Command and Alt is Option. */
const KEYS: readonly (readonly [string, MessageKey])[] = [
  ['Ctrl+K', 'help.switcher'],
  ['Ctrl+F', 'help.find'],
  ['Ctrl+1 … 4', 'help.views'],
  ['Alt+↑, Alt+↓', 'help.conversations'],
  ['Alt+Shift+↑, ↓', 'help.unread'],
  ['F6, Shift+F6', 'help.panes'],
  ['Enter, Shift+Enter', 'help.send'],
  ['Shift+Tab', 'help.intoMessages'],
  ['↑, ↓, Home, End', 'help.moveMessages'],
  ['Enter, Shift+F10', 'help.messageMenu'],
  ['Ctrl+Shift+L', 'help.lock'],
  ['Esc', 'help.escape'],
  ['Ctrl+/', 'help.list'],
]

const named = (keys: string): string => (isMac ? keys.replaceAll('Ctrl', '⌘').replaceAll('Alt', '⌥') : keys)

export const HelpDialog = () => (
  <Dialog title={t('help.title')} onClose={() => useUi.setState({ isHelpOpen: false })}>
    <dl className={styles.keys}>
      {KEYS.map(([keys, does]) => (
        <div key={does}>
          <dt>
            <kbd>{named(keys)}</kbd>
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
)
